import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Ready COUNT READY FIRST: a pass is selectNow() over COUNT descriptors from number FIRST on, which visits each ready key. */
final class Ready {
  private static int visited;

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    int ready = Integer.parseInt(args[1]);
    int first = Integer.parseInt(args[2]);
    Selector selector = Selector.open();
    for (int fd = first; fd < first + count; fd++) {
      var channel = Inherited.source(fd);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
    Rounds.answer(
        Rounds.timePasses(
            () -> {
              visited = 0;
              selector.selectNow(key -> visited++);
              if (visited != ready) throw new IllegalStateException("not ready");
            }));
  }
}
