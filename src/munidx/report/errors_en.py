"""What errors say in English: code → sentence, hint.

A hint that names a parameter is told only where the error carries it.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["ERRORS"]

ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "adapter-broken": (
        "The adapter {adapter} cannot be used: {reason}",
        "See: munidx adapters",
    ),
    "adapter-crashed": (
        "The process of the adapter {adapter} ended with {status}.",
        "Please report it to the adapter's author, with the document.",
    ),
    "adapter-duplicate": (
        "More than one installed package offers it: {packages}.",
        "Uninstall all but one of them.",
    ),
    "adapter-excluded": (
        "It was left out on request.",
        "",
    ),
    "adapter-failed": (
        "The adapter {adapter} failed while reading: {error}: {detail}",
        "Please report it to the adapter's author, with the document.",
    ),
    "adapter-hook-failed": (
        "Its hook raised {error}: {detail}",
        "Please report it to the adapter's author.",
    ),
    "adapter-form-missing": (
        "The package {package} holds no form.toml.",
        "Put it beside the package's adapter.toml.",
    ),
    "adapter-hook-missing": (
        "It does not implement the hook {hook}.",
        "Was {nearest} meant, and marked with @hookimpl?",
    ),
    "adapter-hook-unknown": (
        "It implements {hook}, which is no hook of munidx.",
        "Was {nearest} meant?",
    ),
    "adapter-import-failed": (
        "It cannot be imported: {error}: {detail}",
        "Install the package again, or report it to its author.",
    ),
    "adapter-incompatible": (
        "It needs munidx {needs}; this is {munidx}.",
        "Update munidx or the adapter.",
    ),
    "adapter-manifest-missing": (
        "The package {package} holds no adapter.toml.",
        "Please report it to the adapter's author.",
    ),
    "adapter-manifest-wrong": (
        "Its adapter.toml is wrong at “{key}”: {fault}.",
        "Please report it to the adapter's author.",
    ),
    "adapter-package-missing": (
        "The package {package} is not there, though an entry point names it.",
        "Install the package again.",
    ),
    "adapter-memory": (
        "The adapter {adapter} used more than {megabytes} MB of memory.",
        "Please report it to the adapter's author, with the document.",
    ),
    "adapter-reading-wrong": (
        "What the adapter {adapter} returned is no reading as munidx needs it.",
        "Please report it to the adapter's author.",
    ),
    "adapter-recognise-failed": (
        "It failed while recognising the document: {error}: {detail}",
        "Please report it to the adapter's author, with the document.",
    ),
    "adapter-recognise-wrong": (
        "It returned {type} where munidx needs a recognition.",
        "Please report it to the adapter's author.",
    ),
    "adapter-rule-code": (
        "The code {code} is not of the form {expected}.",
        "",
    ),
    "adapter-rule-name": (
        "The name {name} does not begin with {expected}.",
        "",
    ),
    "adapter-rule-twice": (
        "{code} or {name} is given to two rules.",
        "",
    ),
    "adapter-rule-wording": (
        "{code} has no sentence or no page in the language {lang}.",
        "",
    ),
    "adapter-rule-wrong": (
        "{type} is no rule.",
        "",
    ),
    "adapter-rules-failed": (
        "Its hook munidx_rules raised {error}: {detail}",
        "",
    ),
    "adapter-timeout": (
        "The adapter {adapter} did not end within {seconds} seconds.",
        "Please report it to the adapter's author, with the document.",
    ),
    "adapter-unknown": (
        "No adapter is called {adapter}; installed are {installed}.",
        "Was {nearest} meant?",
    ),
    "adapter-unknown-document": (
        "No installed adapter knows this document.",
        "See munidx adapters, or write one: munidx new-adapter CITY --sample FILE",
    ),
    "adapter-wrong-type": (
        "Its hook returned {type}, which is no adapter.",
        "Please report it to the adapter's author.",
    ),
    "argument-extra": (
        "There is one argument too many: {extra}",
        "See: {command} --help",
    ),
    "argument-missing": (
        "The argument {name} is missing.",
        "See: {command} --help",
    ),
    "city-name-wrong": (
        "{city} cannot be the name of an adapter.",
        "Take small letters and digits, with a letter first: turku, mihon_cho.",
    ),
    "city-taken": (
        "An installed adapter is called {city} already.",
        "Take another name, or uninstall that package. See: munidx adapters",
    ),
    "command-misspelt": (
        "There is no command {name}.",
        "Was {nearest} meant?",
    ),
    "command-unknown": (
        "There is no command {name}.",
        "See: {command} --help",
    ),
    "document-blank": (
        "The document holds no text.",
        "It may be a scan: munidx reads text, not pictures.",
    ),
    "document-damaged": (
        "The file is damaged, or is no {form} file.",
        "Fetch it again; it may have been cut off.",
    ),
    "document-encrypted": (
        "The document is encrypted: it opens with a password only.",
        "Remove the password, or fetch the file without one.",
    ),
    "encoding-broken": (
        "The file is not wholly in the encoding {encoding}: byte {byte} means nothing there.",
        "Convert the file to UTF-8.",
    ),
    "effect-rule-unknown": (
        "No rule on changes is called {selector}.",
        "Was {nearest} meant? See: munidx rules MX8",
    ),
    "file-empty": (
        "The file is empty.",
        "",
    ),
    "file-forbidden": (
        "The file may not be read ({reason}).",
        "Check its permissions.",
    ),
    "file-is-directory": (
        "This is a directory, not a file.",
        "Name the file in it.",
    ),
    "file-missing": (
        "There is no such file.",
        "Check the spelling of the path.",
    ),
    "file-not-regular": (
        "This is no ordinary file.",
        "Name a file, or - for standard input.",
    ),
    "file-too-large": (
        "The file is too large: {size} bytes; at most {allowed} are read.",
        "",
    ),
    "file-unreadable": (
        "The file cannot be read ({reason}).",
        "",
    ),
    "file-unwritable": (
        "The file cannot be written ({reason}).",
        "Check the folder and its permissions.",
    ),
    "folder-exists": (
        "It is there already, and is not overwritten.",
        "Name another folder with --output.",
    ),
    "form-unknown": (
        "munidx has no reader for this form of file ({media_type}).",
        "See the list of forms in the documentation.",
    ),
    "git-driver-arguments": (
        "git gives a diff driver one argument, seven or nine; these are {count}.",
        "Set it up with: git config diff.munidx.command 'munidx git-driver --'",
    ),
    "git-failed": (
        "git could not look it up: {detail}",
        "",
    ),
    "git-missing": (
        "There is no such file; git, which might know it as a revision, is not installed.",
        "Check the spelling of the path, or install git.",
    ),
    "git-no-repository": (
        "There is no such file, and no git repository here that might know it as a revision.",
        "Check the spelling of the path, or go to the repository.",
    ),
    "git-path-missing": (
        "The revision “{revision}” holds no file {file}.",
        "See what it holds with: git ls-tree -r --name-only REVISION",
    ),
    "git-revision-unknown": (
        "There is no such file, and git knows no revision “{revision}”, or more than one.",
        "See the revisions with: git log --oneline --all",
    ),
    "json-syntax": (
        "This is no JSON: {detail}.",
        "",
    ),
    "key-twice": (
        "The key {key} stands twice.",
        "Remove one of the two.",
    ),
    "lang-unknown": (
        "There is no language {lang}; there are {languages}.",
        "",
    ),
    "limit-exceeded": (
        "The document exceeds the bound on {limit}: at most {allowed} are read.",
        "If it is sound, set a higher one in munidx.toml: [limits], {limit} = …",
    ),
    "lone-surrogate": (
        "A text holds half a character (a lone surrogate).",
        "Remove it.",
    ),
    "missing-key": (
        "The key {key} is missing.",
        "",
    ),
    "municipality-ambiguous": (
        "Several municipalities are called {name}: {candidates}.",
        "Give --municipality the code, or the name with its prefecture.",
    ),
    "municipality-former": (
        "{name} is no more since {until}; today it is {heir}.",
        "Give --municipality the one that publishes the document.",
    ),
    "municipality-gone": (
        "{name} is no more since {until}.",
        "Give --municipality the one that publishes the document.",
    ),
    "municipality-unclear": (
        "Whose document is it? These are named in it: {candidates}.",
        "Say it with --municipality.",
    ),
    "municipality-unnamed": (
        "Whose document is it? It names no municipality.",
        "Say it with --municipality.",
    ),
    "municipality-unknown": (
        "No municipality is called {name}.",
        "Was {nearest} meant? One that is in no table yet: --municipality CODE:NAME",
    ),
    "municipality-unlisted": (
        "No municipality is called {name}.",
        "One that is in no table yet: --municipality CODE:NAME, with the code's check digit.",
    ),
    "not-text": (
        "The file is no text.",
        "Binary forms need their own reader; look at the file's ending.",
    ),
    "not-utf8": (
        "The file is not in UTF-8.",
        "Canonical files are UTF-8: convert it.",
    ),
    "number-bounds": (
        "The number has too many digits: at most {limit}.",
        "",
    ),
    "number-not-finite": (
        "Infinity and NaN are no values of a plan.",
        "",
    ),
    "option-flag": (
        "The option {option} takes no value.",
        "See: {command} --help",
    ),
    "option-misspelt": (
        "There is no option {option}.",
        "Was {nearest} meant?",
    ),
    "option-unknown": (
        "There is no option {option}.",
        "See: {command} --help",
    ),
    "option-value-missing": (
        "The option {option} needs a value.",
        "",
    ),
    "option-value-wrong": (
        "The value of {option} should be {expected}.",
        "See: {command} --help",
    ),
    "output-form": (
        "“{output}” is not of the form FORMAT:PATH.",
        "For example: --output markdown:report.md",
    ),
    "output-twice": (
        "Two outputs go to {output}.",
        "Give each output a file of its own.",
    ),
    "patch-broken": (
        "The diff cannot be applied: it is damaged.",
        "Make the diff again from the two plans.",
    ),
    "patch-mismatch": (
        "The diff does not fit this plan at “{path}” ({field}): it was made from another edition.",
        "Apply it to the plan that it was made from.",
    ),
    "pin-ambiguous": (
        "“{path}” could be any of these nodes of the {side} plan: {paths}.",
        "Name the one that is meant by its path.",
    ),
    "pin-blank": (
        "The pin's {field} says nothing.",
        "A pin names both nodes, and why they are the same or not.",
    ),
    "pin-contradiction": (
        "{path} and {new} are pinned as the same and as different; see {first}.",
        "Remove one of the two pins.",
    ),
    "pin-mismatch": (
        "{path} and {new} are nodes of different kinds and cannot be one.",
        "Pin a goal to a goal, a measure to a measure.",
    ),
    "pin-twice": (
        "{path} or {new} is pinned already, at {first}.",
        "Pin each node once.",
    ),
    "pin-unknown": (
        "No node of the {side} plan has the path, code or title “{path}”.",
        "See the paths with: munidx show",
    ),
    "plan-ambiguous": (
        "The document holds several plans: {plans}.",
        "Name one: FILE::PLAN-ID",
    ),
    "plan-missing": (
        "There is no plan {plan} in it; it holds {plans}.",
        "Name one of them: FILE::PLAN-ID",
    ),
    "plan-none": (
        "The document holds no plan.",
        "See what was left unread: munidx convert --coverage",
    ),
    "reader-missing": (
        "Reading {media_type} needs the library {library}, which is not installed.",
        "Install it with: pip install 'munidx[{extra}]'",
    ),
    "report-form-unknown": (
        "There is no report of the form “{form}”; there are {forms}.",
        "Was {nearest} meant?",
    ),
    "rule-misspelt": (
        "No rule is called {selector}.",
        "Was {nearest} meant?",
    ),
    "rule-unknown": (
        "No rule is called {selector}.",
        "Rules are named by code (MX301), family (MX3xx) or name (duplicate-code).",
    ),
    "sample-name-wrong": (
        "The file name {name} cannot be that of a sample.",
        "Copy the file under a plain name.",
    ),
    "sample-twice": (
        "Two samples are called {name}.",
        "Rename one of them.",
    ),
    "sample-untitled": (
        "The document holds neither a table of measures nor a line that may be its title.",
        "Write the adapter by hand: the page on new cities in the documentation tells how.",
    ),
    "severity-unknown": (
        "{severity} is no severity (for {selector}).",
        "There are error, warning, info and off.",
    ),
    "toml-syntax": (
        "This is no TOML: {detail}.",
        "",
    ),
    "too-deep": (
        "The file nests deeper than {limit} levels.",
        "",
    ),
    "unexpected": (
        "munidx failed unexpectedly ({error}).",
        "This is a fault of munidx: please report it, with what MUNIDX_DEBUG=1 shows.",
    ),
    "unknown-key": (
        "There is no key {key} here.",
        "Was {nearest} meant?",
    ),
    "version-missing": (
        "The file does not say which version of the format it has.",
        "Write munidx = {version} at its top.",
    ),
    "version-newer": (
        "The file has version {got} of the format; this munidx reads up to {version}.",
        "Update munidx.",
    ),
    "version-wrong": (
        "{got} is no version of the format.",
        "Write munidx = 1 at the file's top.",
    ),
    "wrong-type": (
        "{field} should be {expected}, and is {got}.",
        "",
    ),
    "wrong-value": (
        "{field} should be {expected}, and is {got}.",
        "",
    ),
}
