import java.io.FileDescriptor;
import java.lang.reflect.Constructor;
import java.nio.channels.Pipe;
import java.nio.channels.spi.SelectorProvider;

/**
 * Channels of descriptors that the process was started with. Java has a public way for number 0 only, so this takes the classes that it
 * has for the ends of a pipe, which read and write any descriptor. To be run with {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}.
 */
final class Inherited {
  private Inherited() {}

  static Pipe.SourceChannel source(int fd) throws ReflectiveOperationException {
    return (Pipe.SourceChannel) open("SourceChannelImpl", fd);
  }

  static Pipe.SinkChannel sink(int fd) throws ReflectiveOperationException {
    return (Pipe.SinkChannel) open("SinkChannelImpl", fd);
  }

  private static Object open(String name, int fd) throws ReflectiveOperationException {
    var newFD = Class.forName("sun.nio.ch.IOUtil").getDeclaredMethod("newFD", int.class);
    newFD.setAccessible(true);
    Constructor<?> constructor =
        Class.forName("sun.nio.ch." + name).getDeclaredConstructor(SelectorProvider.class, FileDescriptor.class);
    constructor.setAccessible(true);
    return constructor.newInstance(SelectorProvider.provider(), newFD.invoke(null, fd));
  }
}
