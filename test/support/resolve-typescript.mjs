import { registerHooks } from 'node:module';

/**
 * Lets plain Node follow our `.js` imports to their `.ts` sources, as jest does for the tests themselves; not those of
 * what is built.
 */
registerHooks({
  resolve(specifier, context, next) {
    const isSource = !/\/(node_modules|dist)\//.test(`${context.parentURL} ${specifier}`);
    const isOwn = specifier.startsWith('.') && isSource;
    return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
