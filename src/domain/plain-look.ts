/** Button and panel of a new workspace, which a widget shows without looking further. */
export const plainLook = {
  buttonStyle: 'round',
  position: 'br',
  buttonSize: 56,
  chatWidth: 380,
  chatHeight: 620,
} as const;
