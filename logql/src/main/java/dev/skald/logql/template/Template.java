package dev.skald.logql.template;

import dev.skald.logql.template.Node.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled template. Immutable as seen from outside; safe for use by any thread.
 *
 * <p>Every error of a running template is a {@link TemplateException}; no template exhausts the
 * stack, the memory or a processor.
 */
public final class Template {
  private final String name;
  private final String text;
  private final Map<String, List<Statement>> parts;
  private final RegexCache regexes = new RegexCache();

  private Template(String name, String text, Map<String, List<Statement>> parts) {
    this.name = name;
    this.text = text;
    this.parts = parts;
  }

  /**
   * Compiles a template with the functions of {@code line_format} and {@code label_format}.
   *
   * @param name how errors call the template: {@code line} or {@code label}
   * @throws TemplateSyntaxException if the text is no template
   */
  public static Template compile(String name, String text) {
    return compile(name, text, Functions.logql());
  }

  /**
   * Compiles a template with functions of one's own.
   *
   * @throws TemplateSyntaxException if the text is no template
   */
  public static Template compile(String name, String text, Functions functions) {
    String bytes = ByteText.encode(text);
    return new Template(name, bytes, Parser.parse(name, bytes, functions));
  }

  /**
   * Appends what the template makes of an entry.
   *
   * @throws TemplateException if it fails; the output then holds what was written before
   */
  public void execute(TemplateData data, TemplateOutput out) {
    new Executor(this, data, out).run();
  }

  /**
   * Appends what the template makes of any value.
   *
   * @param dot what {@code .} and {@code $} are: a text as {@link ByteText}, a {@link Double}, a
   *     {@link Boolean}, a {@link StringMap}, a {@link List} or a {@link Map} of such, or null
   * @throws TemplateException if it fails; the output then holds what was written before
   */
  public void executeOn(Object dot, TemplateOutput out) {
    new Executor(this, dot, out).run();
  }

  /** Returns {@code x} if the whole text is {@code {{.x}}}, blanks aside, and else null. */
  public String soleField() {
    return FieldNames.sole(parts.get(name));
  }

  /** Returns the names of the plain {@code .field} references (logql.md §8.6). */
  public Set<String> fields() {
    return FieldNames.all(parts.values());
  }

  String name() {
    return name;
  }

  /** Returns the text, one byte a char. */
  String text() {
    return text;
  }

  /** Returns the statements of a named part, the whole itself among them; null if none is so. */
  List<Statement> part(String partName) {
    return parts.get(partName);
  }

  RegexCache regexes() {
    return regexes;
  }
}
