package dev.skald.logql.template;

import java.util.Set;

/**
 * A compiled template. Immutable as seen from outside; safe for use by any thread.
 *
 * <p>Every error of a running template is a {@link TemplateException}; no template exhausts the
 * stack, the memory or a processor.
 */
public final class Template {
  private Template() {}

  /**
   * Compiles a template with the functions of {@code line_format} and {@code label_format}.
   *
   * @param name how errors call the template: {@code line} or {@code label}
   * @throws TemplateSyntaxException if the text is no template
   */
  public static Template compile(String name, String text) {
    return new Template();
  }

  /**
   * Appends what the template makes of some data.
   *
   * @throws TemplateException if it fails; the output then holds what was written before
   */
  public void execute(TemplateData data, TemplateOutput out) {
    throw new UnsupportedOperationException();
  }

  /** Returns {@code x} if the whole text is {@code {{.x}}}, blanks aside, and else null. */
  public String soleField() {
    throw new UnsupportedOperationException();
  }

  /** Returns the names of the plain {@code .field} references (logql.md §8.6). */
  public Set<String> fields() {
    throw new UnsupportedOperationException();
  }
}
