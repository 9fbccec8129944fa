type PanelModule = typeof import('../panel/panel.js');

/** Of the build that this loader is of. */
declare const PANEL_VERSION: string;

/**
 * Imported, not inserted: a page's policy lets a script import what it would not let it insert, by the nonce that the
 * script has itself. After a failure the address is another, for browsers remember what could not be imported.
 */
export async function loadPanel(origin: string, failures: number): Promise<PanelModule['createPanel']> {
  const address = `${origin}/sdk/panel.js?${PANEL_VERSION}-${failures}`;
  return ((await import(/* @vite-ignore */ address)) as PanelModule).createPanel;
}
