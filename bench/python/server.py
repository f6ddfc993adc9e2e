"""Answers each HTTP request on a kept connection with the same response. Prints `ready` and its port."""

import selectors
import socket

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!"

selector = selectors.EpollSelector()


def accept(listener):
    connection, _ = listener.accept()
    connection.setblocking(False)
    selector.register(connection, selectors.EVENT_READ, serve)


def serve(connection):
    try:
        request = connection.recv(4096)
        if request:
            if request.endswith(b"\r\n\r\n"):
                connection.send(RESPONSE)
            return
    except ConnectionError:
        pass
    selector.unregister(connection)
    connection.close()


listener = socket.create_server(("127.0.0.1", 0), backlog=socket.SOMAXCONN)
listener.setblocking(False)
selector.register(listener, selectors.EVENT_READ, accept)
print("ready", listener.getsockname()[1], flush=True)
while True:
    for key, _ in selector.select():
        key.data(key.fileobj)
