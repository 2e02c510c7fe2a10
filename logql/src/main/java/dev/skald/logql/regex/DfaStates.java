package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of a deterministic automaton, built when first entered.
 *
 * <p>A state is the set of instructions that the program may be at, with conditions on the next
 * character left open. Its name is the place of its row in one flat table: column {@code c} of the
 * row is the state behind a character of class {@code c}, and the last column answers at the end of
 * the text. The states say only whether there is a match, so one that has found a match needs no
 * row.
 *
 * <p>Threads read the table without a lock: an entry is written once, 0 until then, and a reader
 * that finds 0 asks {@link #step}. Rows move only when the table grows, and then the old table
 * stays valid for those who still read it.
 */
final class DfaStates {
  /** An entry not known yet. */
  static final int UNKNOWN = 0;

  /** The text matches, whatever follows. */
  static final int MATCH = -1;

  /** The text does not match, whatever follows. */
  static final int DEAD = -2;

  /** There is no room for another state. */
  static final int FULL = -3;

  private static final int MAX_STATES = 1 << 14;
  private static final int MAX_TABLE = 1 << 18;
  private static final int MAX_MEMBERS = 1 << 18;
  private static final int BEGIN = Place.bit(Kind.BEGIN_TEXT) | Place.bit(Kind.BEGIN_LINE);
  private static final int ALL = -1;

  /** The instructions a program may be at, in rising order, and what stands before them. */
  private record State(int[] members, int before) {
    @Override
    public boolean equals(Object object) {
      return object instanceof State other
          && before == other.before
          && Arrays.equals(members, other.members);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(members) + before;
    }
  }

  private final Program program;
  private final int[] examples;
  private final int stride;
  private final Map<State, Integer> names = new HashMap<>();
  private final List<State> states = new ArrayList<>();
  private final int[] starts = new int[Place.KINDS];
  private final Closure resolved;
  private final Closure reached;

  /** Whether a match can begin behind a newline, and so behind a state without members. */
  private final boolean mayRestart;

  private int memberCount;
  private volatile int[] table;

  DfaStates(Program program) {
    this.program = program;
    this.examples = program.alphabet.examples();
    this.stride = program.alphabet.classCount() + 1;
    this.resolved = new Closure(program);
    this.reached = new Closure(program);
    this.table = new int[Math.min(MAX_TABLE, 16 * stride)];
    states.add(null);
    reachStart(Place.NEWLINE);
    this.mayRestart = reached.size() > 0 || reached.matches();
    for (int before = 0; before < Place.KINDS; before++) {
      reachStart(before);
      starts[before] = name(before);
    }
  }

  private void reachStart(int before) {
    reached.clear();
    reached.follow(program.start, Place.holding(before, Place.OTHER), BEGIN);
  }

  int[] table() {
    return table;
  }

  /** Returns the column for the end of the text. */
  int endColumn() {
    return stride - 1;
  }

  /** Returns the state in which a search begins behind a kind of character. */
  int start(int before) {
    return starts[before];
  }

  /** Returns a bound: all states up to it, and none above, are those in which a search begins. */
  int lastStart() {
    return Arrays.stream(starts).max().orElseThrow();
  }

  /** Finds, and writes down, what follows a state. */
  synchronized int step(int state, int column) {
    int known = table[state + column];
    if (known != UNKNOWN) {
      return known;
    }
    int next = follow(states.get(state / stride), column);
    if (next != FULL) {
      table[state + column] = next;
    }
    return next;
  }

  /** Adds a state of another table that was full. */
  synchronized int adopt(DfaStates other, int state) {
    State adopted;
    synchronized (other) {
      adopted = other.states.get(state / stride);
    }
    return name(adopted);
  }

  private int follow(State state, int column) {
    boolean end = column == endColumn();
    int after = end ? Place.EDGE : Place.kind(examples[column]);
    resolved.clear();
    for (int member : state.members) {
      resolved.follow(member, Place.holding(state.before, after), ALL);
    }
    if (resolved.matches()) {
      return MATCH;
    }
    if (end) {
      return DEAD;
    }
    int holding = Place.holding(after, Place.OTHER);
    reached.clear();
    for (int i = 0; i < resolved.size(); i++) {
      int pc = resolved.get(i);
      if (program.takes(pc, column)) {
        reached.follow(program.out[pc], holding, BEGIN);
      }
    }
    reached.follow(program.start, holding, BEGIN);
    return name(after);
  }

  /** Returns the name of the state that {@link #reached} makes. */
  private int name(int before) {
    if (reached.matches()) {
      return MATCH;
    }
    if (reached.size() == 0 && !mayRestart) {
      return DEAD;
    }
    return name(new State(reached.members(), reached.asserts() ? before : Place.OTHER));
  }

  private int name(State state) {
    Integer known = names.get(state);
    if (known != null) {
      return known;
    }
    int row = states.size() * stride;
    if (states.size() > MAX_STATES
        || row + stride > MAX_TABLE
        || memberCount + state.members.length > MAX_MEMBERS) {
      return FULL;
    }
    memberCount += state.members.length;
    if (row + stride > table.length) {
      table = Arrays.copyOf(table, Math.min(MAX_TABLE, Math.max(row + stride, 2 * table.length)));
    }
    states.add(state);
    names.put(state, row);
    return row;
  }
}
