/** Part of the build: what the server serves from packages that are not there in production. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'node_modules/redoc/bundles');
const TARGET = join(ROOT, 'dist/public/redoc');
/** A picture from elsewhere, which the page's policy would refuse with a complaint in the console. */
const LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg';

mkdirSync(TARGET, { recursive: true });
const script = readFileSync(join(SOURCE, 'redoc.standalone.js'), 'utf8');
writeFileSync(join(TARGET, 'redoc.standalone.js'), script.replaceAll(LOGO, 'data:,'));
cpSync(join(SOURCE, 'redoc.standalone.js.LICENSE.txt'), join(TARGET, 'redoc.standalone.js.LICENSE.txt'));
