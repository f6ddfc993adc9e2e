import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Scanner;

/**
 * What every contender in Java begins with: the protocol of src/runner/program.ts.
 *
 * <p>A contender prints {@code ready}, then replies to each line, a number of passes, with a line: nanoseconds for each pass.
 */
final class Rounds {
  interface Pass {
    void run() throws IOException;
  }

  interface Round {
    double run(int count) throws IOException;
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Rounds() {}

  /**
   * Makes a round of a pass: how long each uses the processor. In this thread alone, because Java reads the time of all in steps of 10 ms:
   * what its compiler and its garbage collector do beside it is not counted.
   */
  static Round timePasses(Pass pass) {
    return count -> {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < count; i++) pass.run();
      return (double) (THREADS.getCurrentThreadCpuTime() - start) / count;
    };
  }

  static void answer(Round round) throws IOException {
    System.out.println("ready");
    Scanner lines = new Scanner(System.in);
    while (lines.hasNextInt()) System.out.println(round.run(lines.nextInt()));
  }
}
