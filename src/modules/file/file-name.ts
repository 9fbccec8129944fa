const LONGEST = 200;
const NAMELESS = 'file';

/** As people see it and as their disk takes it: no path, nothing invisible, nothing that turns the writing around. */
export function safeName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '');
  return clean === '' ? NAMELESS : shortened(clean);
}

/** Keeps the ending, by which people and programs know what it is. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST - ending.length).join('') + ending;
}
