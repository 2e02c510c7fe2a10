package dev.skald.distributor;

import java.util.Arrays;

/**
 * The structured metadata of a push: names and values as places in the bytes of the {@link
 * PushRequest}. Pairs that many entries share stand once, in a group that their streams name; so a
 * small body cannot claim a large memory. A pair without a value says nothing and is left out.
 *
 * <p>Not safe for use by several threads.
 */
public final class PushPairs {
  /** Stands for no group. */
  public static final int NO_GROUP = -1;

  private static final int PLACES = 4;

  /** What a pair takes here and in the record of its shard. */
  private static final long PAIR_BYTES = 32;

  private static final long GROUP_BYTES = 64;

  private final PushRoom room;
  private int[] places = new int[PLACES * 64];
  private int pairs;

  private int[] parent = new int[8];
  private int[] groupFirst = new int[8];
  private int[] groupEnd = new int[8];
  private int[] groupPairs = new int[8];
  private long[] groupBytes = new long[8];
  private int groups;

  PushPairs(PushRoom room) {
    this.room = room;
  }

  /** How many pairs there are, in groups and of entries. */
  int size() {
    return pairs;
  }

  /** Adds a pair and returns whether it was worth it. */
  boolean add(int nameStart, int nameLength, int valueStart, int valueLength) {
    if (valueLength == 0) {
      return false;
    }
    int at = pairs * PLACES;
    if (at == places.length) {
      room.take(PAIR_BYTES * pairs);
      places = Arrays.copyOf(places, Math.multiplyExact(at, 2));
    }
    places[at] = nameStart;
    places[at + 1] = nameLength;
    places[at + 2] = valueStart;
    places[at + 3] = valueLength;
    pairs++;
    return true;
  }

  /** Begins a group that has the pairs of its parent and those that are added next. */
  int beginGroup(int parentGroup) {
    room.take(GROUP_BYTES);
    if (groups == parent.length) {
      parent = Arrays.copyOf(parent, groups * 2);
      groupFirst = Arrays.copyOf(groupFirst, groups * 2);
      groupEnd = Arrays.copyOf(groupEnd, groups * 2);
      groupPairs = Arrays.copyOf(groupPairs, groups * 2);
      groupBytes = Arrays.copyOf(groupBytes, groups * 2);
    }
    parent[groups] = parentGroup;
    groupFirst[groups] = pairs;
    groupEnd[groups] = pairs;
    groupPairs[groups] = groupPairs(parentGroup);
    groupBytes[groups] = groupBytes(parentGroup);
    return groups++;
  }

  /** Counts the newest pair to the newest group. */
  void extendGroup() {
    int group = groups - 1;
    groupEnd[group] = pairs;
    groupPairs[group]++;
    groupBytes[group] += bytes(pairs - 1);
  }

  /** The group whose pairs belong to a group too, or {@link #NO_GROUP}. */
  public int parent(int group) {
    return parent[group];
  }

  /** The first pair of a group's own; those of its parent stand elsewhere. */
  public int groupFirst(int group) {
    return groupFirst[group];
  }

  /** The pair after the last of a group's own. */
  public int groupEnd(int group) {
    return groupEnd[group];
  }

  /** How many pairs a group has, with those of its parents. */
  public int groupPairs(int group) {
    return group == NO_GROUP ? 0 : groupPairs[group];
  }

  /** Bytes of the names and values of a group, with those of its parents. */
  public long groupBytes(int group) {
    return group == NO_GROUP ? 0 : groupBytes[group];
  }

  /** Bytes of the name and the value of a pair. */
  public long bytes(int pair) {
    return (long) nameLength(pair) + valueLength(pair);
  }

  public int nameStart(int pair) {
    return places[pair * PLACES];
  }

  public int nameLength(int pair) {
    return places[pair * PLACES + 1];
  }

  public int valueStart(int pair) {
    return places[pair * PLACES + 2];
  }

  public int valueLength(int pair) {
    return places[pair * PLACES + 3];
  }
}
