/** What a customer pastes. Calls made before the loader has arrived wait in the queue. */
export function installSnippet(origin: string, pluginKey: string): string {
  return `<script>
  (function (w, d) {
    if (w.FastLightChat) return;
    var f = function () { f.q.push(arguments); };
    f.q = [];
    w.FastLightChat = f;
    var s = d.createElement('script');
    s.async = true;
    s.src = '${origin}/sdk/loader.js';
    d.head.appendChild(s);
  })(window, document);

  FastLightChat('boot', { pluginKey: '${pluginKey}' });
</script>`;
}

export function memberSnippet(pluginKey: string): string {
  return `FastLightChat('boot', {
  pluginKey: '${pluginKey}',
  memberId: 'member-1234',
  memberHash: '<made by your server>',
  profile: { name: 'Kim Minji', email: 'minji@example.com' }
});`;
}
