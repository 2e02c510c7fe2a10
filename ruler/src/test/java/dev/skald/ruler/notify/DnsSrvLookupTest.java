package dev.skald.ruler.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a name server that knows one service (RFC 1035, RFC 2782). */
final class DnsSrvLookupTest {
  private static final int HEADER = 12;

  private DatagramSocket socket;
  private Thread server;

  @BeforeEach
  void open() throws SocketException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    server = Thread.startVirtualThread(this::serve);
  }

  @AfterEach
  void close() throws InterruptedException {
    socket.close();
    server.join();
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] reply = reply(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static byte[] reply(byte[] query) throws IOException {
    boolean known =
        new String(query, java.nio.charset.StandardCharsets.ISO_8859_1).contains("_web");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    out.writeShort(known ? 0x8580 : 0x8583);
    out.writeShort(1);
    out.writeShort(known ? 2 : 0);
    out.writeInt(0);
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    out.write(query, HEADER, end + 5 - HEADER);
    for (int port = 9093; known && port <= 9094; port++) {
      out.write(new byte[] {(byte) 0xC0, HEADER, 0, 33, 0, 1, 0, 0, 0, 60, 0, 14});
      out.writeShort(0);
      out.writeShort(5);
      out.writeShort(port);
      out.write("\2am\3svc\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private SrvLookup lookup() {
    return new DnsSrvLookup("dns://127.0.0.1:" + socket.getLocalPort());
  }

  @Test
  void findsTheServersBehindAService() throws IOException {
    List<SrvLookup.Place> places = lookup().lookup("_web._tcp.alerts.svc");

    assertThat(places)
        .containsExactlyInAnyOrder(
            new SrvLookup.Place("am.svc", 9093), new SrvLookup.Place("am.svc", 9094));
  }

  @Test
  void saysWhichServiceNobodyKnows() {
    assertThatThrownBy(() -> lookup().lookup("_other._tcp.alerts.svc"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot look up the service _other._tcp.alerts.svc");
  }
}
