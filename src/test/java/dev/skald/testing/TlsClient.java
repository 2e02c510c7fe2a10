package dev.skald.testing;

import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** A client that speaks HTTP over TLS, and tells what the connection was like. */
public final class TlsClient {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final SSLContext context;
  private final String[] protocols;

  /**
   * @param authority is trusted
   * @param own is shown to who asks for it
   * @param protocols none for all
   */
  public TlsClient(X509Certificate authority, Optional<X509Bundle> own, String... protocols) {
    this.protocols = protocols;
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      context = SSLContext.getInstance("TLS");
      context.init(own.map(Insistent::of).orElse(null), trust.getTrustManagers(), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A reply and the connection on which it came. */
  public record Reply(
      int status, String body, String protocol, String suite, Certificate certificate) {}

  /** What is done over one connection. */
  @FunctionalInterface
  public interface Talk {
    void on(Connection connection) throws IOException;
  }

  /** What a client of another make needs to trust the same. */
  public SSLContext context() {
    return context;
  }

  public Reply get(int port, String path) throws IOException {
    Reply[] reply = new Reply[1];
    exchange(port, connection -> reply[0] = connection.get(path));
    return reply[0];
  }

  public void exchange(int port, Talk talk) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      talk.on(new Connection(socket));
    }
  }

  /** An open connection. */
  public static final class Connection {
    private final SSLSocket socket;
    private final BufferedReader in;

    private Connection(SSLSocket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    public Reply get(String path) throws IOException {
      return send("GET " + path, new byte[0]);
    }

    public Reply post(String path, byte[] body) throws IOException {
      return send("POST " + path, body);
    }

    private Reply send(String methodAndPath, byte[] body) throws IOException {
      OutputStream out = socket.getOutputStream();
      String head = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n";
      out.write((methodAndPath + head).getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      return read();
    }

    private Reply read() throws IOException {
      String status = in.readLine();
      if (status == null) {
        throw new IOException("no reply");
      }
      int length = 0;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
          length = Integer.parseInt(line.substring("content-length: ".length()));
        }
      }
      char[] body = new char[length];
      for (int read = 0; read < length; ) {
        int more = in.read(body, read, length - read);
        if (more < 0) {
          throw new IOException("the body is cut off");
        }
        read += more;
      }
      return new Reply(
          Integer.parseInt(status.split(" ")[1]),
          new String(body),
          socket.getSession().getProtocol(),
          socket.getSession().getCipherSuite(),
          socket.getSession().getPeerCertificates()[0]);
    }
  }

  /** Shows its certificate even to who would not take it. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private static final String ALIAS = "own";

    private final X509Bundle own;

    private Insistent(X509Bundle own) {
      this.own = own;
    }

    static KeyManager[] of(X509Bundle own) {
      return new KeyManager[] {new Insistent(own)};
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return own.getCertificatePathWithRoot();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.getKeyPair().getPrivate();
    }
  }
}
