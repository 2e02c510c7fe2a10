package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.GroupStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a group when its time has come, never twice at a time. One thread calls it; {@link
 * #status} is for any. What is asked for while an evaluation runs happens at the first tick after
 * it.
 */
public final class GroupRunner {
  private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);

  private final EvaluationEnvironment environment;
  private final RuleGroup.Key key;
  private volatile GroupEvaluation evaluation;
  private volatile boolean running;
  private GroupSchedule schedule;
  private Optional<RuleGroup> wanted;

  /** Begins with a group; what was saved of its alerts is taken up. */
  public GroupRunner(RuleGroup group, EvaluationEnvironment environment, Instant now) {
    this.environment = environment;
    this.key = group.key();
    this.evaluation = new GroupEvaluation(group, environment);
    this.wanted = Optional.of(group);
    this.schedule = schedule(now);
    evaluation.restore(now);
    tellLoaded();
  }

  private GroupSchedule schedule(Instant now) {
    return new GroupSchedule(
        key, evaluation.interval(), environment.config().pace().maxJitter(), now);
  }

  private void tellLoaded() {
    environment.listener().loaded(key, evaluation.interval(), evaluation.group().rules().size());
  }

  /** Says what the group is to be from now on: nothing ends it. */
  public void want(Optional<RuleGroup> group) {
    wanted = group;
  }

  /**
   * Does what is due.
   *
   * @return whether the group is still there
   */
  public boolean tick(Instant now) {
    if (running) {
      return true;
    }
    if (wanted.isEmpty()) {
      evaluation.end(now);
      environment.listener().unloaded(key);
      return false;
    }
    if (!wanted.get().equals(evaluation.group())) {
      replace(wanted.get(), now);
    }
    schedule.due(now).ifPresent(this::start);
    return true;
  }

  private void replace(RuleGroup group, Instant now) {
    GroupEvaluation before = evaluation;
    GroupEvaluation after = new GroupEvaluation(group, environment);
    after.replace(before, now);
    evaluation = after;
    if (!after.interval().equals(before.interval())) {
      schedule = schedule(now);
    }
    tellLoaded();
  }

  private void start(GroupSchedule.Due due) {
    if (due.missed() > 0) {
      environment.listener().missed(key, due.missed());
    }
    running = true;
    try {
      environment.executor().execute(() -> run(due.at()));
    } catch (RejectedExecutionException stopping) {
      running = false;
    }
  }

  private void run(Instant at) {
    try {
      evaluation.run(at);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("evaluating group {} failed", key, e);
    } finally {
      running = false;
    }
  }

  /** Saves the alerts, unless an evaluation still runs. */
  public void save(Instant now) {
    if (!running) {
      evaluation.save(now);
    }
  }

  public RuleGroup group() {
    return evaluation.group();
  }

  public GroupStatus status() {
    return evaluation.status();
  }
}
