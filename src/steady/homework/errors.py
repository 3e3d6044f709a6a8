"""What can go wrong with homework files, each as one sentence that can be acted on.

Whatever is raised here, nothing was changed: a file is taken whole or not at all.
"""

from steady.errors import SteadyError


class HomeworkFault(SteadyError):
    """A homework file, key or choice cannot be used; everything stays as it was."""


class NotHomework(HomeworkFault):
    """The file is neither a pack nor a packet, or is one where the other was expected."""


class NewerFormat(HomeworkFault):
    """The file was written by a newer version of the program."""


class TooLarge(HomeworkFault):
    """The file is larger than may be read, packed or unpacked."""


class Altered(HomeworkFault):
    """The file was cut short or changed on its way, or breaks a rule of the format."""


class OtherKey(HomeworkFault):
    """The packet was made for another key than the one at hand."""


class KeyFault(HomeworkFault):
    """The therapist's key is missing, damaged, or would be overwritten."""


class FileFault(HomeworkFault):
    """A file cannot be read or written."""


class NothingToShare(HomeworkFault):
    """There is no attempt that the choice fits."""
