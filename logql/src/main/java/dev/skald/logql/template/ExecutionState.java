package dev.skald.logql.template;

/**
 * Where an execution stands: the node to blame for an error, the variables in scope, and how much
 * has been done.
 */
final class ExecutionState {
  /** How much one execution may do: statements, calls, and 64 bytes of text each count one. */
  private static final long BUDGET = 1_000_000;

  /** So much is done between two pauses. */
  private static final long PAUSE_EVERY = 1 << 12;

  private final Template template;
  private final Object data;
  private Variables variables;
  private String part;
  private Node node;
  private long spent;
  private long nextPause = PAUSE_EVERY;

  ExecutionState(Template template, Object data) {
    this.template = template;
    this.data = data;
    this.variables = new Variables(data);
    this.part = template.name();
  }

  /** Says which node is at work, for errors. */
  void at(Node newNode) {
    node = newNode;
  }

  /** Returns the node at work. */
  Node node() {
    return node;
  }

  Variables variables() {
    return variables;
  }

  /** Gives a variable another value. */
  void assign(String name, Object value) {
    if (!variables.assign(name, value)) {
      throw failure("undefined variable: " + name);
    }
  }

  /** Returns the name of the template at work. */
  String part() {
    return part;
  }

  void enter(String newPart, Variables newVariables) {
    part = newPart;
    variables = newVariables;
  }

  void spend(long effort) {
    spent += effort;
    if (spent >= nextPause && data instanceof TemplateData entry) {
      nextPause = spent + PAUSE_EVERY;
      entry.pause();
    }
    if (spent > BUDGET) {
      throw failure("the template does more than is allowed for one line");
    }
  }

  /** Returns the error that blames the node at work, as Go prints it. */
  TemplateException failure(String message) {
    String before = template.text().substring(0, node == null ? 0 : node.position());
    int column = before.length() - (before.lastIndexOf('\n') + 1);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    String where = template.name() + ":" + line + ":" + column;
    String blame = "executing " + ByteText.quote(part) + " at <" + node + ">: " + message;
    return new TemplateException("template: " + where + ": " + ByteText.decode(blame));
  }
}
