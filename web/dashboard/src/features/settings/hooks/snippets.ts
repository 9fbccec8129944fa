/** What a customer pastes. Calls made before the loader has arrived wait in the queue. */
export function installSnippet(origin: string, pluginKey: string): string {
  return `<script>
  (function (w, d, src) {
    if (w.FastLightChat) return;
    var chat = (w.FastLightChat = function () {
      chat.q.push(arguments);
    });
    chat.q = [];
    var script = d.createElement('script');
    script.async = true;
    script.src = src;
    d.head.appendChild(script);
  })(window, document, '${origin}/sdk/loader.js');

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
