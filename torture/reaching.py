"""Attempts to reach what lies outside: networks, files, the results that the parent takes."""

# ruff: noqa: PTH101, PTH104, PTH108, PTH123, PTH208, PTH211

from __future__ import annotations

from torture.attempt import Known, attempt


@attempt("TCP connection")
def tcp(known: Known) -> bool:
    import socket

    socket.create_connection(("127.0.0.1", known["tcp"]), 3).close()
    return True


@attempt("TCP server")
def server(known: Known) -> bool:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
    return True


@attempt("UDP datagram", judged="heard")
def udp(known: Known) -> bool:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"secret", ("127.0.0.1", known["udp"]))
    return True


@attempt("Unix socket")
def unix(known: Known) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as client:
        client.connect(known["unix"])
    return True


@attempt("abstract Unix socket")
def abstract(known: Known) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + known["abstract"])
    return True


@attempt("reading /etc/passwd")
def passwd(known: Known) -> bool:
    with open("/etc/passwd", "rb") as file:
        return bool(file.read())


@attempt("reading a document of the store")
def document(known: Known) -> bool:
    with open(known["document"], "rb") as file:
        return bool(file.read())


@attempt("listing the store")
def listing(known: Known) -> bool:
    import os

    return bool(os.listdir(known["store"]))


@attempt("reading the job of another reader")
def neighbour(known: Known) -> bool:
    with open(known["neighbour"], "rb") as file:
        return bool(file.read())


@attempt("writing into the home folder", judged="planted")
def home(known: Known) -> bool:
    with open(known["home"] + "/.profile", "w") as file:
        file.write("echo taken over")
    return True


@attempt("writing into the store", judged="planted")
def write(known: Known) -> bool:
    with open(known["store"] + "/planted", "w") as file:
        file.write("x")
    return True


@attempt("emptying a document by name", judged="changed")
def empty(known: Known) -> bool:
    import os

    os.truncate(known["document"], 0)
    return True


@attempt("deleting a document", judged="changed")
def delete(known: Known) -> bool:
    import os

    os.unlink(known["document"])
    return True


@attempt("changing the mode of a document", judged="changed")
def mode(known: Known) -> bool:
    import os

    os.chmod(known["document"], 0)
    return True


@attempt("changing the time of a document", judged="changed")
def times(known: Known) -> bool:
    import os

    os.utime(known["document"], (0, 0))
    return True


@attempt("writing to a document that it was lent", judged="changed", proven=False)
def write_to_lent(known: Known) -> bool:
    with open("lent/original", "r+b") as file:
        file.write(b"other")
    return True


@attempt("emptying a document that it was lent by reading", judged="changed", proven=False)
def empty_lent(known: Known) -> bool:
    import os

    os.open("lent/original", os.O_RDONLY | os.O_TRUNC)
    return True


@attempt("changing the mode of a document that it was lent, then writing", judged="changed")
def mode_of_lent(known: Known) -> bool:
    import os

    handle = os.open("lent/original", os.O_RDONLY)
    os.fchmod(handle, 0o666)
    with open(f"/proc/self/fd/{handle}", "r+b") as file:
        file.write(b"other")
    return True


@attempt("another name for a document that it was lent, where it may write", judged="changed")
def name_for_lent(known: Known) -> bool:
    import os

    os.link("lent/original", "job/mine")
    os.chmod("job/mine", 0o666)
    with open("job/mine", "r+b") as file:
        file.write(b"other")
    return True


@attempt("moving a document that it was lent to where it may write", judged="changed")
def move_lent(known: Known) -> bool:
    import os

    os.rename("lent/original", "job/mine")
    os.chmod("job/mine", 0o666)
    with open("job/mine", "r+b") as file:
        file.write(b"other")
    return True


@attempt("hard link to a document")
def hard_link(known: Known) -> bool:
    import os

    os.link(known["document"], "tmp/linked")
    return True


@attempt("link to a document left as the result", judged="swallowed")
def symbolic_link(known: Known) -> bool:
    import os

    for name in ("access.pdf", "pages.json"):
        os.symlink(known["document"], "job/" + name)
    return True


@attempt("pipe left as the result, to hold the parent up", judged="held_up")
def pipe(known: Known) -> bool:
    import os

    os.mkfifo("job/pages.json")
    return True


@attempt("another folder put in the place of its own", judged="led_astray")
def swapped(known: Known) -> bool:
    import os

    os.rename("job", "tmp/job")
    os.symlink(known["store"], "job")
    return True


@attempt("writing to the result after it was taken", judged="rewritten")
def afterwards(known: Known) -> bool:
    import os
    import threading
    import time

    with open("job/pages.json", "w") as file:
        file.write(known["pages"])
    handle = os.open("job/access.pdf", os.O_RDWR | os.O_CREAT, 0o600)
    os.write(handle, b"%PDF-")

    def later() -> None:
        time.sleep(known["later"])
        os.pwrite(handle, b"other", 0)

    threading.Thread(target=later, daemon=True).start()
    return True
