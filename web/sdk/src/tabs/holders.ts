/** Which tabs hold what. */
export class Holders {
  private readonly tabs = new Map<string, Set<string>>();

  add(tab: string, id: string): void {
    this.tabs.set(id, (this.tabs.get(id) ?? new Set()).add(tab));
  }

  /** True while another tab holds it. */
  remove(tab: string, id: string): boolean {
    const tabs = this.tabs.get(id);
    tabs?.delete(tab);
    if (tabs?.size === 0) this.tabs.delete(id);
    return this.tabs.has(id);
  }

  /** Answers what nobody holds any more. */
  forget(tab: string): string[] {
    const held = [...this.tabs].filter(([, tabs]) => tabs.has(tab)).map(([id]) => id);
    return held.filter((id) => !this.remove(tab, id));
  }

  clear(): void {
    this.tabs.clear();
  }
}
