import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;

/** Wake MEASURE: waits for replies from another process, see c/wake.c. */
final class Wake {
  private static final int END = 3;

  private interface Ask {
    long ask() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    var writer = Inherited.sink(END);
    var reader = Inherited.source(END);
    var question = ByteBuffer.allocateDirect(1);
    var answer = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    Selector selector = Selector.open();
    reader.configureBlocking(false);
    reader.register(selector, SelectionKey.OP_READ);
    Ask ask =
        () -> {
          writer.write(question.clear());
          selector.select(key -> {});
          long woken = System.nanoTime();
          reader.read(answer.clear());
          return woken - answer.getLong(0);
        };
    Rounds.answer(args[0].equals("latency") ? count -> latency(ask, count) : count -> roundTrip(ask, count));
  }

  private static double latency(Ask ask, int count) throws IOException {
    long[] latencies = new long[count];
    for (int i = 0; i < count; i++) latencies[i] = ask.ask();
    Arrays.sort(latencies);
    return latencies[count / 2];
  }

  private static double roundTrip(Ask ask, int count) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) ask.ask();
    return (double) (System.nanoTime() - start) / count;
  }
}
