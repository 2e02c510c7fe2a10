package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import dev.skald.logql.template.Node.Branches;
import dev.skald.logql.template.Node.Pipe;
import dev.skald.logql.template.Node.Statement;
import java.util.List;
import java.util.Map;

/** One execution of a template: walks its statements and writes what they print. */
final class Executor {
  private static final int MAX_DEPTH = 400;

  /** How many statements deep a part that a function runs counts; its stack is that much deeper. */
  private static final int CALLED_DEPTH = 10;

  private static final int CALLED_OUTPUT = 1 << 20;

  /** How a list of statements came to its end. */
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final Template template;
  private final Object data;
  private TemplateOutput out;
  private final Slice slice = new Slice();
  private final ExecutionState state;
  private final Evaluator evaluator;
  private int depth;

  Executor(Template template, Object data, TemplateOutput out) {
    this.template = template;
    this.data = data;
    this.out = out;
    this.state = new ExecutionState(template, data);
    this.evaluator = new Evaluator(template, data, state, this::called);
  }

  void run() {
    try {
      walk(data, template.part(template.name()));
    } catch (FunctionException e) {
      throw state.failure(e.getMessage());
    }
  }

  private Flow walk(Object dot, List<Statement> statements) {
    if (++depth > MAX_DEPTH) {
      throw state.failure("exceeded maximum template depth (" + MAX_DEPTH + ")");
    }
    Flow flow = Flow.NEXT;
    for (int i = 0; i < statements.size() && flow == Flow.NEXT; i++) {
      state.spend(1);
      flow = walk(dot, statements.get(i));
    }
    depth--;
    return flow;
  }

  private Flow walk(Object dot, Statement statement) {
    state.at(statement);
    return switch (statement) {
      case Node.Text text -> {
        out.append(text.bytes(), 0, text.bytes().length);
        yield Flow.NEXT;
      }
      case Node.Action action -> {
        act(dot, action);
        yield Flow.NEXT;
      }
      case Node.If node -> walkBranches(dot, node.pipe(), node.branches(), false);
      case Node.With node -> walkBranches(dot, node.pipe(), node.branches(), true);
      case Node.Range range -> walkRange(dot, range);
      case Node.Include include -> {
        walkInclude(dot, include);
        yield Flow.NEXT;
      }
      case Node.Break _ -> Flow.BREAK;
      case Node.Continue _ -> Flow.CONTINUE;
    };
  }

  private void act(Object dot, Node.Action action) {
    Node.FieldName sole = FieldNames.soleName(action.pipe());
    if (sole != null && dot instanceof StringMap map) {
      if (map.find(sole.text(), slice)) {
        out.append(slice.bytes, slice.offset, slice.length);
      }
      return;
    }
    Object value = evaluator.pipe(dot, action.pipe());
    if (action.pipe().declared().isEmpty()) {
      state.at(action);
      out.append(value == null ? "<no value>" : GoPrint.print(value));
    }
  }

  private Flow walkBranches(Object dot, Pipe pipe, Branches branches, boolean movesDot) {
    int mark = state.variables().mark();
    Object value = evaluator.pipe(dot, pipe);
    Flow flow =
        GoValue.isTrue(value)
            ? walk(movesDot ? value : dot, branches.then())
            : walk(dot, branches.otherwise());
    state.variables().release(mark);
    return flow;
  }

  private Flow walkRange(Object dot, Node.Range range) {
    int mark = state.variables().mark();
    Object value = evaluator.pipe(dot, range.pipe());
    if (!iterate(range, value)) {
      Flow flow = walk(dot, range.branches().otherwise());
      state.variables().release(mark);
      return flow;
    }
    state.variables().release(mark);
    return Flow.NEXT;
  }

  /** Walks the body once for each element; returns whether there was one. */
  private boolean iterate(Node.Range range, Object value) {
    switch (value) {
      case null -> {
        return false;
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          if (!iteration(range, GoInt.of(i), list.get(i))) {
            break;
          }
        }
        return !list.isEmpty();
      }
      case GoInt integer -> {
        if (range.pipe().declared().size() > 1) {
          throw state.failure("can't use " + integer + " to iterate over more than one variable");
        }
        for (long i = 0; i < integer.value(); i++) {
          if (!iteration(range, null, new GoInt(i, integer.type()))) {
            break;
          }
        }
        return integer.value() > 0;
      }
      case StringMap map -> {
        return iterateMap(range, map);
      }
      case Map<?, ?> map -> {
        return iterateMap(range, map);
      }
      default -> throw state.failure("range can't iterate over " + GoPrint.print(value));
    }
  }

  private boolean iterateMap(Node.Range range, Object map) {
    List<Map.Entry<String, Object>> entries = GoValue.entries(map);
    for (Map.Entry<String, Object> entry : entries) {
      if (!iteration(range, entry.getKey(), entry.getValue())) {
        break;
      }
    }
    return !entries.isEmpty();
  }

  /** Returns whether the range goes on. */
  private boolean iteration(Node.Range range, Object key, Object element) {
    state.spend(1);
    Variables variables = state.variables();
    List<Node.Variable> declared = range.pipe().declared();
    if (range.pipe().assigns() && !declared.isEmpty()) {
      state.assign(declared.getLast().name(), element);
      if (declared.size() > 1) {
        state.assign(declared.getFirst().name(), key);
      }
    } else if (!declared.isEmpty()) {
      variables.replace(1, element);
      if (declared.size() > 1) {
        variables.replace(2, key);
      }
    }
    int mark = variables.mark();
    Flow flow = walk(GoValue.element(element), range.branches().then());
    variables.release(mark);
    return flow != Flow.BREAK;
  }

  private void walkInclude(Object dot, Node.Include include) {
    List<Statement> part = part(include.name());
    walkPart(
        include.name(), part, include.pipe() == null ? null : evaluator.pipe(dot, include.pipe()));
  }

  private List<Statement> part(String name) {
    List<Statement> part = template.part(name);
    if (part == null) {
      throw state.failure("template " + ByteText.quote(name) + " not defined");
    }
    return part;
  }

  private void walkPart(String name, List<Statement> part, Object newDot) {
    String outerPart = state.part();
    Variables outerVariables = state.variables();
    state.enter(name, new Variables(newDot));
    walk(newDot, part);
    state.enter(outerPart, outerVariables);
  }

  /** Runs a part for a function that wants what it prints. */
  private String called(String name, Object newDot) {
    Node caller = state.node();
    TemplateOutput outer = out;
    out = new TemplateOutput(CALLED_OUTPUT);
    depth += CALLED_DEPTH;
    walkPart(name, part(name), newDot);
    depth -= CALLED_DEPTH;
    String printed = ByteText.of(out.toByteArray());
    out = outer;
    state.at(caller);
    return printed;
  }
}
