import { escapeHtml } from '../common/text/escape-html.js';

/** A plain page of this server's own. `body` is HTML and has been escaped. */
export function simplePage(title: string, body: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="data:," />
    <style nonce="${nonce}">
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; padding: 0.5rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere }
      pre { white-space: pre-wrap; background: #8881; padding: 1rem; border-radius: 8px }
      iframe { width: 100%; height: 32rem; border: 1px solid #8884; border-radius: 8px; background: #fff }
      code { background: #8882; padding: 0.1em 0.4em; border-radius: 4px }
    </style>
  </head>
  <body>${body}</body>
</html>
`;
}
