package dev.skald.logql.regex;

/**
 * Says whether a program matches somewhere, a table look-up a byte.
 *
 * <p>The table is shared by all threads and bounded: when it is full, a new one is begun. A text
 * that needs new states all the time is left to another engine. ASCII is read byte by byte; other
 * characters are decoded first, which makes invalid bytes U+FFFD.
 */
final class LazyDfa {
  static final int NO = 0;
  static final int YES = 1;
  static final int GAVE_UP = 2;

  /** How many bytes a full table must have served for a new one to be worth its while. */
  private static final int MIN_BYTES_A_TABLE = 1 << 14;

  /** So many states are made between two pauses; each takes as long as the program is large. */
  private static final int STATES_A_PAUSE = 64;

  private final Program program;
  private final ByteSearch prefix;
  private volatile DfaStates current;

  /**
   * @param prefix what every match begins with, or null
   */
  LazyDfa(Program program, ByteSearch prefix) {
    this.program = program;
    this.prefix = prefix;
    this.current = new DfaStates(program);
  }

  /**
   * Searches a text from a position on.
   *
   * @param pause runs after some states were made, which costs more than to pass through them
   * @return {@link #YES}, {@link #NO} or {@link #GAVE_UP}
   */
  int test(byte[] input, int from, int to, int at, Runnable pause) {
    DfaStates states = current;
    int[] table = states.table();
    char[] ascii = program.alphabet.ascii;
    int special = prefix == null ? 0 : states.lastStart();
    int tableSince = at;
    int made = 0;
    int i = at;
    int state = states.start(Place.before(input, from, i));
    while (true) {
      if (state <= special) {
        if (state < 0) {
          return state == DfaStates.MATCH ? YES : state == DfaStates.DEAD ? NO : GAVE_UP;
        }
        int found = prefix.indexOf(input, i, to);
        if (found < 0) {
          return NO;
        }
        if (found > i) {
          i = found;
          state = states.start(Place.before(input, from, i));
          if (state < 0) {
            continue;
          }
        }
      }
      int next = 0;
      while (i < to && input[i] >= 0 && (next = table[state + ascii[input[i]]]) > special) {
        state = next;
        i++;
      }
      int column = states.endColumn();
      int width = 0;
      if (i < to) {
        int decoded = Utf8.decode(input, i, to);
        column = program.alphabet.classOf(Utf8.rune(decoded));
        width = Utf8.width(decoded);
      }
      next = table[state + column];
      if (next == DfaStates.UNKNOWN) {
        if (++made % STATES_A_PAUSE == 0) {
          pause.run();
        }
        next = states.step(state, column);
        if (next == DfaStates.FULL) {
          if (i - tableSince < MIN_BYTES_A_TABLE && tableSince > at) {
            return GAVE_UP;
          }
          tableSince = i;
          DfaStates full = states;
          states = replace(full);
          special = prefix == null ? 0 : states.lastStart();
          state = states.adopt(full, state);
          next = state < 0 ? state : states.step(state, column);
        }
        table = states.table();
      }
      state = next;
      i += width;
    }
  }

  private synchronized DfaStates replace(DfaStates full) {
    if (current == full) {
      current = new DfaStates(program);
    }
    return current;
  }
}
