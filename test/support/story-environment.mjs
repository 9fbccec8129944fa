import { TestEnvironment } from 'jest-environment-node';

/** When a story in a browser fails, says what its pages show: the error alone names what did not come. */
export default class StoryEnvironment extends TestEnvironment {
  async handleTestEvent(event) {
    if (event.name !== 'test_fn_failure') return;
    const shown = await this.global.describePages?.();
    if (shown) process.stdout.write(`\n${event.test.name}\n${shown}\n`);
  }
}
