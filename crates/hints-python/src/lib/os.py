"""A stand-in for the operating system, which hints have no access to.

It has what the library's own modules look for when they are imported. Everything that would touch
the system raises an error.
"""

import abc
import sys

name = "posix"
curdir = "."
pardir = ".."
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
devnull = "/dev/null"
defpath = "/bin:/usr/bin"
environ = {}
environb = {}
error = OSError
supports_fd = set()
supports_dir_fd = set()
supports_effective_ids = set()
supports_follow_symlinks = set()

F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
O_RDONLY, O_WRONLY, O_RDWR = 0, 1, 2


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    convert = getattr(type(path), "__fspath__", None)
    if convert is None:
        kind = type(path).__name__
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}")
    return convert(path)


class PathLike(abc.ABC):
    """What can be made into a path."""

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, other):
        if cls is PathLike:
            return hasattr(other, "__fspath__")
        return NotImplemented


def fsencode(path):
    path = fspath(path)
    return path.encode() if isinstance(path, str) else path


def fsdecode(path):
    path = fspath(path)
    return path.decode() if isinstance(path, bytes) else path


def getenv(key, default=None):
    return default


def urandom(size):
    import _random

    return _random.Random().getrandbits(size * 8).to_bytes(size, "little")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name in _FUNCTIONS:

        def function(*args, **kwargs):
            raise PermissionError(f"os.{name}() is not available to hints.")

        function.__name__ = name
        return function
    raise AttributeError(f"module 'os' has no attribute '{name}'")


_FUNCTIONS = frozenset(
    """access chdir chmod close cpu_count execv fdopen fstat getcwd getcwdb getpid kill link listdir
    lstat makedirs mkdir open pipe popen read readlink remove removedirs rename replace rmdir scandir
    stat symlink system truncate umask unlink utime walk write isatty getppid getuid""".split()
)

import posixpath as path  # noqa: E402

sys.modules["os.path"] = path
