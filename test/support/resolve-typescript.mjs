import { registerHooks } from 'node:module';

/** Lets plain Node follow our `.js` imports to their `.ts` sources, as jest does for the tests themselves. */
registerHooks({
  resolve(specifier, context, next) {
    const isOwn = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
    return next(isOwn ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
