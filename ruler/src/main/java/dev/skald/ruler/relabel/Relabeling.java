package dev.skald.ruler.relabel;

import dev.skald.logql.Labels;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules that are applied to label sets one after the other. Immutable; for any thread. */
public final class Relabeling {
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final List<RelabelRule> rules;

  private Relabeling(List<RelabelRule> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules as they stand in the configuration.
   *
   * @throws IllegalArgumentException that says which key is wrong and what was wanted
   */
  public static Relabeling read(List<Map<String, Object>> items) {
    return new Relabeling(items.stream().map(RelabelRule::read).toList());
  }

  /** Returns the labels as the rules leave them; nothing where they drop the whole set. */
  public Optional<Labels> apply(Labels labels) {
    Labels current = labels;
    for (RelabelRule rule : rules) {
      Optional<Labels> next = apply(rule, current);
      if (next.isEmpty()) {
        return next;
      }
      current = next.get();
    }
    return Optional.of(current);
  }

  private static Optional<Labels> apply(RelabelRule rule, Labels labels) {
    String value = source(rule, labels);
    return switch (rule.action()) {
      case KEEP -> keptIf(Expansion.match(rule.regex(), value).isPresent(), labels);
      case DROP -> keptIf(Expansion.match(rule.regex(), value).isEmpty(), labels);
      case KEEPEQUAL -> keptIf(labels.getOrEmpty(rule.targetLabel()).equals(value), labels);
      case DROPEQUAL -> keptIf(!labels.getOrEmpty(rule.targetLabel()).equals(value), labels);
      case REPLACE -> Optional.of(replaced(rule, value, labels));
      case LOWERCASE ->
          Optional.of(with(labels, rule.targetLabel(), value.toLowerCase(Locale.ROOT)));
      case UPPERCASE ->
          Optional.of(with(labels, rule.targetLabel(), value.toUpperCase(Locale.ROOT)));
      case HASHMOD -> Optional.of(with(labels, rule.targetLabel(), hash(value, rule.modulus())));
      case LABELMAP -> Optional.of(mapped(rule, labels));
      case LABELDROP ->
          Optional.of(filtered(labels, name -> Expansion.match(rule.regex(), name).isEmpty()));
      case LABELKEEP ->
          Optional.of(filtered(labels, name -> Expansion.match(rule.regex(), name).isPresent()));
    };
  }

  private static String source(RelabelRule rule, Labels labels) {
    List<String> values = new ArrayList<>();
    rule.sourceLabels().forEach(name -> values.add(labels.getOrEmpty(name)));
    return String.join(rule.separator(), values);
  }

  private static Optional<Labels> keptIf(boolean kept, Labels labels) {
    return kept ? Optional.of(labels) : Optional.empty();
  }

  private static Labels replaced(RelabelRule rule, String value, Labels labels) {
    Optional<Expansion> match = Expansion.match(rule.regex(), value);
    if (match.isEmpty()) {
      return labels;
    }
    String target = match.get().expand(rule.targetLabel());
    return LABEL_NAME.matcher(target).matches()
        ? with(labels, target, match.get().expand(rule.replacement()))
        : labels;
  }

  private static Labels mapped(RelabelRule rule, Labels labels) {
    Labels.Builder builder = labels.toBuilder();
    for (int i = 0; i < labels.size(); i++) {
      String value = labels.value(i);
      Expansion.match(rule.regex(), labels.name(i))
          .ifPresent(match -> builder.set(match.expand(rule.replacement()), value));
    }
    return builder.build();
  }

  private static Labels filtered(Labels labels, Predicate<String> kept) {
    Labels.Builder builder = labels.toBuilder();
    for (int i = 0; i < labels.size(); i++) {
      if (!kept.test(labels.name(i))) {
        builder.remove(labels.name(i));
      }
    }
    return builder.build();
  }

  /** An empty value removes the label. */
  private static Labels with(Labels labels, String name, String value) {
    Labels.Builder builder = labels.toBuilder();
    return (value.isEmpty() ? builder.remove(name) : builder.set(name, value)).build();
  }

  /** The last eight bytes of the MD5, as an unsigned number. */
  private static String hash(String value, long modulus) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      BigInteger number = new BigInteger(1, Arrays.copyOfRange(md5, 8, 16));
      return number.mod(BigInteger.valueOf(modulus)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }
}
