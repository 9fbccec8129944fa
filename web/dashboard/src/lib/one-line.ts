/** For a text that has one line, however long it is: in the direction of its own script, and where the others stand. */
export const oneLine = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  unicodeBidi: 'plaintext',
  textAlign: 'left',
} as const;
