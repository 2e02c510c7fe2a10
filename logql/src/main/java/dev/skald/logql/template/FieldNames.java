package dev.skald.logql.template;

import dev.skald.logql.template.Node.Branches;
import dev.skald.logql.template.Node.Pipe;
import dev.skald.logql.template.Node.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the fields that a template names. */
final class FieldNames {
  private final Set<String> names = new LinkedHashSet<>();

  private FieldNames() {}

  /** Returns the field that is all of a template; null if there is more, or something else. */
  static String sole(List<Statement> statements) {
    boolean sole =
        statements.size() == 1
            && statements.getFirst() instanceof Node.Action action
            && soleName(action.pipe()) != null;
    return sole ? soleName(((Node.Action) statements.getFirst()).pipe()).text() : null;
  }

  /** Returns the field that is all of a pipe; null if there is more, or something else. */
  static Node.FieldName soleName(Pipe pipe) {
    boolean sole =
        pipe.declared().isEmpty()
            && pipe.commands().size() == 1
            && pipe.commands().getFirst().operands().size() == 1;
    return sole
            && pipe.commands().getFirst().operands().getFirst() instanceof Node.Field field
            && field.names().size() == 1
        ? field.names().getFirst()
        : null;
  }

  /** Returns the names of all fields, the first one of {@code .a.b}. */
  static Set<String> all(Collection<List<Statement>> parts) {
    FieldNames found = new FieldNames();
    parts.forEach(found::visit);
    return Set.copyOf(found.names);
  }

  private void visit(List<Statement> statements) {
    for (Statement statement : statements) {
      switch (statement) {
        case Node.Action action -> visit(action.pipe());
        case Node.If node -> visit(node.pipe(), node.branches());
        case Node.With node -> visit(node.pipe(), node.branches());
        case Node.Range node -> visit(node.pipe(), node.branches());
        case Node.Include include -> {
          if (include.pipe() != null) {
            visit(include.pipe());
          }
        }
        case Node.Text _, Node.Break _, Node.Continue _ -> {}
      }
    }
  }

  private void visit(Pipe pipe, Branches branches) {
    visit(pipe);
    visit(branches.then());
    visit(branches.otherwise());
  }

  private void visit(Pipe pipe) {
    for (Node.Command command : pipe.commands()) {
      command.operands().forEach(this::visit);
    }
  }

  private void visit(Node.Operand operand) {
    switch (operand) {
      case Node.Field field -> names.add(field.names().getFirst().text());
      case Node.Chain chain -> visit(chain.base());
      case Pipe pipe -> visit(pipe);
      case Node.Variable _, Node.Identifier _, Node.Dot _, Node.Nil _, Node.Bool _ -> {}
      case Node.StringLiteral _, Node.NumberLiteral _ -> {}
    }
  }
}
