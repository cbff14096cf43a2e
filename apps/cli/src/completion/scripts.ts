/** The shells that completion is for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What a shell reads at its start: it asks the command itself, and offers files where that knows nothing. */
export const SCRIPTS: { readonly [S in Shell]: string } = {
  bash: `_softmax() {
  local IFS=$'\\n'
  COMPREPLY=($(softmax complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _softmax softmax
`,
  zsh: `#compdef softmax
_softmax() {
  local -a found
  found=("\${(@f)$(softmax complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -- $found; else _files; fi
}
compdef _softmax softmax
`,
  fish: `function __softmax
  set -l words (commandline -opc) (commandline -ct)
  softmax complete -- $words[2..-1] 2>/dev/null
end
complete -c softmax -a '(__softmax)'
`,
};
