// Scripts of completion for bash, zsh and fish, from plain data about commands.

/** What may stand after an option or a command: words, the names of files, or nothing that could be told. */
type Values = readonly string[] | 'files';

export interface CompletedOption {
  /** `--period` */
  readonly flag: string;
  readonly summary: string;
  readonly value: Values | 'text' | 'none';
  /** It may stand without its value. */
  readonly isOptional: boolean;
}

export interface Completed {
  /** `['ledger', 'export']` */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly takes: Values | 'nothing';
}

/** The script for a shell, ended by a line end. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', commands: readonly Completed[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
    default:
      return shell satisfies never;
  }
}

/** Names of what may stand next after these words. */
function namesAfter(commands: readonly Completed[], before: readonly string[]): readonly Completed[] {
  return commands.filter(
    ({ words }) => words.length === before.length + 1 && before.every((each, at) => words[at] === each),
  );
}

function isGroup(commands: readonly Completed[], { words }: Completed): boolean {
  return namesAfter(commands, words).length > 0;
}

/** Text within single quotes of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// ---- bash ---------------------------------------------------------------------------------------------------

/** Written for bash 3.2, which macOS has. */
function bash(commands: readonly Completed[]): string {
  const names = (before: readonly string[]) => namesAfter(commands, before).map(({ words }) => words.at(-1)!);
  const groups = commands.filter((each) => isGroup(commands, each));
  const paths = commands.map(({ words }) => `    ${quoted([' ', ...words].join(' ').trim())}`);
  const values = commands.flatMap(({ words, options }) =>
    options.flatMap(({ flag, value, isOptional }) => {
      if (value === 'none' || isOptional) return [];
      const what =
        value === 'files'
          ? '_merit_files'
          : value === 'text'
            ? ':'
            : `_merit_words ${quoted(value.join(' '))}`;
      return [`    ${quoted(`${words.join(' ')} ${flag}`)}) ${what}; return ;;`];
    }),
  );
  const flags = commands.map(
    ({ words, options }) =>
      `    ${quoted(words.join(' '))}) flags=${quoted([...options.map(({ flag }) => flag), '--help'].join(' '))} ;;`,
  );
  const takes = commands.flatMap(({ words, takes: what }) => {
    if (what === 'nothing') return [];
    return [
      `    ${quoted(words.join(' '))}) ${what === 'files' ? '_merit_files' : `_merit_words ${quoted(what.join(' '))}`} ;;`,
    ];
  });
  const after = ['', ...groups.map(({ words }) => words.join(' '))].map(
    (path) =>
      `    ${quoted(path)}) _merit_words ${quoted(names(path === '' ? [] : path.split(' ')).join(' '))}; return ;;`,
  );
  return `# completion of merit for bash
_merit_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}
_merit_files() {
  local file
  compopt -o filenames 2>/dev/null
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "\${cur#=}")
}
_merit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path= next word flags= at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    next="\${path:+$path }\${COMP_WORDS[at]}"
    for word in "\${_merit_paths[@]}"; do
      if [[ $word == "$next" ]]; then path=$next; break; fi
    done
  done
  # \`--data deal=de\` comes as four words
  if [[ $cur == '=' || $before == '=' ]]; then _merit_files; return; fi
  case "$path $before" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $path in
${flags.map((each) => `  ${each}`).join('\n')}
      *) flags='--help --version' ;;
    esac
    _merit_words "$flags"
    return
  fi
  case $path in
${after.join('\n')}
  esac
  case $path in
${takes.join('\n')}
  esac
}
_merit_paths=(
${paths.join('\n')}
)
complete -F _merit merit
`;
}

// ---- zsh ----------------------------------------------------------------------------------------------------

function zsh(commands: readonly Completed[]): string {
  const block = (before: readonly string[]): string => {
    const own = namesAfter(commands, before);
    const name = ['_merit', ...before].join('_').replaceAll('-', '_');
    const list = own.map(({ words, summary }) => `    ${quoted(`${words.at(-1)}:${summary}`)}`);
    const cases = own.map((each) => {
      const word = each.words.at(-1)!;
      if (isGroup(commands, each))
        return `        ${word}) ${['_merit', ...each.words].join('_').replaceAll('-', '_')} ;;`;
      const specs = each.options.map((option) => quoted(zshOption(option)));
      const rest = each.takes === 'nothing' ? [] : [quoted(`*:${zshValues('', each.takes)}`)];
      return `        ${word}) _arguments ${[...specs, "'--help[print this help]'", ...rest].join(' ')} ;;`;
    });
    const groups = own.filter((each) => isGroup(commands, each)).map(({ words }) => block(words));
    return `${groups.join('')}${name}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
${list.join('\n')}
  )
  _arguments -C '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
`;
  };
  return `#compdef merit
# completion of merit for zsh
${block([])}compdef _merit merit
`;
}

function zshOption({ flag, summary, value, isOptional }: CompletedOption): string {
  const said = `${flag}[${summary.replace(/[[\]\\:]/g, (mark) => `\\${mark}`)}]`;
  if (value === 'none') return said;
  const colon = isOptional ? '::' : ':';
  return `*${said}${colon}${zshValues(flag.slice(2), value)}`;
}

/** A name, and what may stand there. */
function zshValues(name: string, value: Values | 'text'): string {
  if (value === 'text') return `${name}: `;
  return `${name}:${value === 'files' ? '_files' : `(${value.join(' ')})`}`;
}

// ---- fish ---------------------------------------------------------------------------------------------------

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap((each) => {
    const { words, summary, options, takes } = each;
    const [first, second] = words;
    const inner = namesAfter(commands, words).map((one) => one.words.at(-1));
    const when =
      second === undefined
        ? '__fish_use_subcommand'
        : `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${namesAfter(commands, [
            first!,
          ])
            .map((one) => one.words.at(-1))
            .join(' ')}`;
    const within = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const line = (rest: string) => `complete -c merit -n ${quoted(within)} ${rest}`;
    const name = `complete -c merit -n ${quoted(when)} -f -a ${words.at(-1)} -d ${quoted(summary)}`;
    const more =
      takes === 'nothing' || inner.length > 0
        ? [line('-f')]
        : takes === 'files'
          ? [line('-F')]
          : [line(`-f -a ${quoted(takes.join(' '))}`)];
    return [name, ...more, ...options.map((option) => line(fishOption(option)))];
  });
  return `# completion of merit for fish\n${lines.join('\n')}\n`;
}

function fishOption({ flag, summary, value, isOptional }: CompletedOption): string {
  const said = `-l ${flag.slice(2)} -d ${quoted(summary)}`;
  if (value === 'none' || isOptional) return said;
  if (value === 'files') return `${said} -r -F`;
  return value === 'text' ? `${said} -x` : `${said} -x -a ${quoted(value.join(' '))}`;
}
