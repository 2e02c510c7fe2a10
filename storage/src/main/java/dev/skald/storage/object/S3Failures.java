package dev.skald.storage.object;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What went wrong at S3 as the exceptions that {@link ObjectStore} names, with a text that says
 * what was asked, of which bucket and key, and what the store answered.
 */
final class S3Failures {
  private static final int FOUND_NOTHING = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final String endpoint;
  private final boolean pathStyle;

  /**
   * @param endpoint as configured, empty for AWS
   */
  S3Failures(String endpoint, boolean pathStyle) {
    this.endpoint = endpoint.isEmpty() ? "AWS" : endpoint;
    this.pathStyle = pathStyle;
  }

  /** Returns what to throw when a read, or anything but a conditional write, has failed. */
  IOException failed(String operation, S3Place place, SdkException failure) {
    if (isInterrupted(failure)) {
      Thread.currentThread().interrupt();
      return interrupted(operation, place, failure);
    }
    return switch (failure) {
      case SdkServiceException answer when isNoSuchObject(answer) ->
          (IOException) new NoSuchFileException(place.key()).initCause(failure);
      case SdkServiceException answer when answer.statusCode() == RANGE_NOT_SATISFIABLE ->
          (IOException) new EOFException(place.key() + " ends before the range").initCause(failure);
      case SdkServiceException answer -> new IOException(text(operation, place, answer), failure);
      case SdkException noAnswer when cause(noAnswer) instanceof EOFException end -> end;
      case SdkException noAnswer ->
          new IOException(text(operation, place, noAnswer), cause(noAnswer));
    };
  }

  /** Returns what to throw when a conditional write has failed. */
  IOException notPut(S3Place place, SdkException failure) {
    boolean taken =
        failure instanceof SdkServiceException answer
            && (answer.statusCode() == PRECONDITION_FAILED || answer.statusCode() == CONFLICT);
    if (!taken) {
      return failed("conditional put", place, failure);
    }
    Integer attempts = failure.numAttempts();
    String reason =
        attempts != null && attempts > 1
            ? "an earlier attempt whose answer was lost may have written it"
            : null;
    return (IOException)
        new FileAlreadyExistsException(place.key(), null, reason).initCause(failure);
  }

  /**
   * Whether a request is worth repeating that the client would not repeat by itself: a conditional
   * write that came upon another one, or an answer that ends in the middle of its XML.
   */
  static boolean mayPass(Throwable failure) {
    return failure instanceof SdkServiceException answer && answer.statusCode() == CONFLICT
        || failure instanceof SdkException noAnswer
            && noAnswer.getCause() instanceof XMLStreamException;
  }

  /** An answer to HEAD has no body, so that a bucket that is not there cannot be told apart. */
  private static boolean isNoSuchObject(SdkServiceException answer) {
    return answer.statusCode() == FOUND_NOTHING && !code(answer).equals("NoSuchBucket");
  }

  private static boolean isInterrupted(SdkException failure) {
    return failure instanceof AbortedException || failure.getCause() instanceof AbortedException;
  }

  private IOException interrupted(String operation, S3Place place, SdkException failure) {
    String text = what(operation, place) + " was interrupted";
    return (IOException) new InterruptedIOException(text).initCause(failure);
  }

  private static String code(SdkServiceException answer) {
    AwsErrorDetails details =
        answer instanceof AwsServiceException service ? service.awsErrorDetails() : null;
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String message(SdkServiceException answer) {
    AwsErrorDetails details =
        answer instanceof AwsServiceException service ? service.awsErrorDetails() : null;
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  private String text(String operation, S3Place place, SdkServiceException answer) {
    StringBuilder text = new StringBuilder(what(operation, place));
    text.append(" failed: ").append(answer.statusCode());
    for (String part : new String[] {code(answer), message(answer)}) {
      if (!part.isEmpty() && !part.equals("null")) {
        text.append(' ').append(part);
      }
    }
    if (answer.requestId() != null) {
      text.append(" (request ").append(answer.requestId()).append(')');
    }
    return text.append(attempts(answer)).toString();
  }

  private String text(String operation, S3Place place, SdkException noAnswer) {
    Throwable cause = cause(noAnswer);
    String hint =
        cause instanceof UnknownHostException && !pathStyle && !endpoint.equals("AWS")
            ? "; s3forcepathstyle: true puts the bucket into the path instead of the host name"
            : "";
    String name = cause == noAnswer ? "" : cause.getClass().getSimpleName() + ": ";
    return what(operation, place)
        + " failed: "
        + name
        + cause.getMessage()
        + attempts(noAnswer)
        + hint;
  }

  private String what(String operation, S3Place place) {
    String object = place.name().isEmpty() ? "" : " of " + place.name();
    return operation + object + " in bucket " + place.bucket() + " at " + endpoint;
  }

  private static String attempts(SdkException failure) {
    Integer attempts = failure.numAttempts();
    return attempts == null || attempts < 2 ? "" : ", tried " + attempts + " times";
  }

  /** What lies behind the exceptions of the client, where it says something. */
  private static Throwable cause(SdkException failure) {
    Throwable cause = failure;
    while (cause instanceof SdkException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? failure : cause;
  }
}
