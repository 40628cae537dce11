"""The words of click that a person meets in partydoc, listed here so that they are translated.

Click looks them up in the program's own domain. The list holds the wording of every release that
setup.cfg allows (8.2 and newer); this file is only read by tools/messages.sh and never imported.
"""

from gettext import gettext as _
from gettext import ngettext

# Help pages.
_("Usage:")
_("Options")
_("Positional arguments")
_("Commands")
_("Show this message and exit.")
_("Show the version and exit.")
_("%(prog)s, version %(version)s")
_("default: {default}")
_("required")

# What was typed is not understood.
_("Missing command.")
_("Missing argument")
_("Missing option")
_("Missing parameter")
_("Missing parameter: {param_name}")
_("Choose from:\n\t{choices}")
_("No such command {name!r}.")
_("No such option {name!r}.")
_("No such option: {name}")
ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1)
ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1)
_("Option {name!r} does not take a value.")
ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1)
_("Argument {name!r} takes {nargs} values.")
ngettext("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given.", 1)

# A value does not fit.
_("Invalid value: {message}")
_("Invalid value for {param_hint}: {message}")
ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1)
_("{value!r} is not a valid {number_type}.")
_("{value} is not in the range {range}.")
_("{name} {filename!r} is not readable.")

# Shell completion.
_("Shell completion is not supported for Bash versions older than 4.4.")
_("Couldn't detect Bash version, shell completion is not supported.")
