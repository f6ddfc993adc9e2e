import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Relay PAIRS ACTIVE: the benchmark of libevent, see c/relay.c. */
final class Relay {
  private static final int FIRST = 3;
  private static final ByteBuffer BYTE = ByteBuffer.allocateDirect(1);

  public static void main(String[] args) throws Exception {
    int pairs = Integer.parseInt(args[0]);
    int active = Integer.parseInt(args[1]);
    Selector selector = Selector.open();
    var writers = new Pipe.SinkChannel[pairs];
    for (int pair = 0; pair < pairs; pair++) writers[pair] = Inherited.sink(FIRST + 2 * pair + 1);
    for (int pair = 0; pair < pairs; pair++) {
      var reader = Inherited.source(FIRST + 2 * pair);
      reader.configureBlocking(false);
      reader.register(selector, SelectionKey.OP_READ, writers[(pair + 1) % pairs]);
    }
    for (int i = 0; i < active; i++) writers[(int) ((long) i * pairs / active)].write(BYTE.clear());
    Rounds.answer(Rounds.timePasses(() -> selector.select(Relay::pass)));
  }

  private static void pass(SelectionKey key) {
    try {
      ((Pipe.SourceChannel) key.channel()).read(BYTE.clear());
      ((Pipe.SinkChannel) key.attachment()).write(BYTE.flip());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
