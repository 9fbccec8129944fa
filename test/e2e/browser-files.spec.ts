import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { AppConfig } from '../../src/config/app-config.js';
import { until } from '../faults/rig/waiting.js';
import { describeInBrowser, LOOKS, picture, wordsOf, write, type Look } from '../support/browser.js';
import { register } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { aPicture, aSound, PDF } from '../support/uploads.js';

const MEGABYTE = 1024 * 1024;
const ENGLISH = LOOKS.find(({ name }) => name === 'en-light-phone')!;

describeInBrowser('files between a visitor and an agent', () => {
  // One node: links lead to one public address, and a page shows only what comes from its own.
  const stage = new Stage(1);
  let config: AppConfig;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fast-light-chat-film-'));
    config = stage.cluster.nodes[0]!.app.get(AppConfig);
    Object.assign(config.server, { publicUrl: stage.url });
  });

  afterAll(() => rm(directory, { recursive: true }));

  interface Visit {
    shop: Page;
    widget: FrameLocator;
    agent: { email: string };
    complaints: string[];
  }

  async function visit(look: Look, node = stage.url): Promise<Visit> {
    const complaints: string[] = [];
    const { environment, agent } = await register(stage.url, 'Moru Tea');
    return { ...(await stage.visit(environment.pluginKey, look, complaints, node)), agent, complaints };
  }

  /** As the server has it: a tab that turns into a download may be gone before its browser can tell of it. */
  const answerTo = (path: string) =>
    new Promise<number>((resolve) => {
      const server = stage.cluster.nodes[0]!.app.getHttpServer();
      server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
        if (asked.url?.startsWith(path)) answer.once('finish', () => resolve(answer.statusCode));
      });
    });

  const choose = (where: Page | FrameLocator, ...files: { name: string; buffer: Buffer }[]) =>
    where
      .locator('input[type=file]')
      .first()
      .setInputFiles(files.map((file) => ({ ...file, mimeType: mimeTypeOf(file.name) })));

  it.each(LOOKS)(
    'go both ways: $name',
    async (look) => {
      const words = wordsOf(look);
      const { shop, widget, agent, complaints } = await visit(look);
      const cup = { name: '찻잔.png', buffer: await aPicture({ width: 900, height: 600 }) };
      await choose(widget, cup, { name: '영수증.pdf', buffer: PDF });
      await widget.locator('.chip img').waitFor();
      await picture(shop, `widget-files-chosen-${look.name}`);
      await (await write(widget, words.message, '이 찻잔이 깨져서 왔어요.')).waitFor();

      const dashboard = await stage.signIn(agent, look, complaints);
      await dashboard.getByText('이 찻잔이 깨져서 왔어요.').first().click();
      await isDrawn(dashboard.getByRole('link', { name: /찻잔\.png/ }).locator('img'));
      await dashboard.getByRole('link', { name: /영수증\.pdf/ }).waitFor();

      await choose(dashboard, { name: '새 찻잔.png', buffer: await aPicture({ width: 300, height: 500 }) });
      await dashboard.getByRole('list').getByText('새 찻잔.png').waitFor();
      await dashboard.getByRole('progressbar').waitFor({ state: 'detached' });
      await (await write(dashboard, words.answer, '새것을 보내 드릴게요.')).waitFor();
      await widget.getByText('새것을 보내 드릴게요.').last().waitFor();
      await isDrawn(widget.getByRole('link', { name: '새 찻잔.png' }).locator('img'));
      await isDrawn(widget.getByRole('link', { name: '찻잔.png', exact: true }).locator('img'));
      await picture(shop, `widget-files-${look.name}`);
      await picture(dashboard, `conversation-files-${look.name}`);
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it('are there after their links have ended', async () => {
    const { files } = config;
    const linkMs = files.linkMs;
    /** From now on links have ended when they come, until the page asks for fresh ones. */
    const endLinks = async (page: Page) => {
      files.linkMs = -60_000;
      await page.unrouteAll();
      await page.route(/\/v1\/files\/[^/?]+$/, (route) => {
        files.linkMs = linkMs;
        return route.continue();
      });
    };
    const { shop, widget, agent } = await visit(ENGLISH);
    await endLinks(shop);
    const sound = { name: 'bell.wav', buffer: aSound(60) };
    await choose(
      widget,
      { name: 'cup.png', buffer: await aPicture() },
      { name: 'bill.pdf', buffer: PDF },
      sound,
    );
    await (await write(widget, 'Message', 'It came broken')).waitFor();
    await isDrawn(widget.getByRole('link', { name: 'cup.png' }).locator('img'));
    await isPlayed(widget.getByLabel('bell.wav'), 40);
    const download = shop.waitForEvent('download');
    await widget.getByRole('link', { name: /^Download bill\.pdf/ }).click();
    expect((await download).suggestedFilename()).toBe('bill.pdf');

    const dashboard = await stage.signIn(agent, ENGLISH);
    await endLinks(dashboard);
    await dashboard.getByText('It came broken').first().click();
    await isDrawn(dashboard.getByRole('link', { name: /cup\.png/ }).locator('img'));
    const bill = dashboard.getByRole('link', { name: /bill\.pdf/ });
    const { pathname } = new URL((await bill.getAttribute('href'))!, stage.url);
    const opened = answerTo(pathname);
    await bill.click();
    expect(await opened).toBe(200);
  }, 120_000);

  it('too large a file is refused in clear words, and what was written stays', async () => {
    // From the disk: the driver is slow to carry so much.
    const film = join(directory, 'film.mp4');
    await writeFile(film, Buffer.alloc(21 * MEGABYTE));
    const { shop, widget } = await visit(ENGLISH);
    const field = widget.getByRole('textbox', { name: 'Message', exact: true });
    await field.fill('Here is the film');
    await widget.locator('input[type=file]').setInputFiles(film);
    await widget.getByRole('alert').getByText('film.mp4 is larger than 20 MB.').waitFor();
    expect(await widget.getByRole('button', { name: 'Remove film.mp4' }).count()).toBe(0);
    await picture(shop, 'widget-file-refused');
    await field.press('Enter');
    await widget.getByText('Here is the film').last().waitFor();
  }, 60_000);

  it('go on while an agent looks at something else, and are attached on return', async () => {
    const { widget, agent } = await visit(ENGLISH);
    await (await write(widget, 'Message', 'May I see the bill?')).waitFor();
    const dashboard = await stage.signIn(agent, ENGLISH);
    await dashboard.getByText('May I see the bill?').first().click();
    await dashboard.getByRole('textbox', { name: 'Write a message' }).waitFor();
    const conversation = dashboard.url();
    let letPass = (): void => undefined;
    const isLetPass = new Promise<void>((resolve) => (letPass = resolve));
    await dashboard.route(/\/v1\/files$/, async (route) => {
      await isLetPass;
      await route.continue();
    });
    await choose(dashboard, { name: 'bill.pdf', buffer: PDF });
    await dashboard.getByRole('progressbar', { name: /bill\.pdf/ }).waitFor();
    await dashboard.goBack();
    await dashboard.getByRole('textbox', { name: 'Write a message' }).waitFor({ state: 'detached' });
    const arrived = dashboard.waitForResponse(/\/v1\/files$/);
    letPass();
    expect((await arrived).status()).toBe(201);
    await dashboard.goForward();
    expect(dashboard.url()).toBe(conversation);
    await (await write(dashboard, 'Write a message', 'Here it is')).waitFor();
    await widget.getByRole('link', { name: /bill\.pdf/ }).waitFor();
  }, 60_000);

  it('a line that breaks on the way costs one press of a button', async () => {
    const line = await BrittleLine.to(stage.url);
    const { shop, widget } = await visit(ENGLISH, line.url);
    line.breakAfter(MEGABYTE);
    await choose(widget, { name: 'notes.txt', buffer: Buffer.alloc(5 * MEGABYTE, 'tea ') });
    await widget.getByRole('alert').getByText('The connection was lost.').waitFor();
    await picture(shop, 'widget-file-broke-off');
    line.mend();
    await widget.getByRole('button', { name: 'Try notes.txt again' }).click();
    // Sent before the file has arrived.
    await (await write(widget, 'Message', 'All my notes')).waitFor();
    await widget.getByRole('link', { name: /notes\.txt/ }).waitFor();
    await widget.getByText(/Sent$/).waitFor();
    await shop.context().close();
    await line.stop();
  }, 60_000);
});

/** Of a broken link the picture is broken for a moment as well, until the fresh one has come. */
async function isDrawn(image: Locator): Promise<void> {
  await image.waitFor();
  const isThere = (element: unknown): boolean => (element as { naturalWidth: number }).naturalWidth > 0;
  await until(
    () => image.evaluate(isThere),
    () => 'the picture',
  );
}

/** From a place that has not come yet. */
async function isPlayed(player: Locator, from: number): Promise<void> {
  await player.evaluate(async (element, second) => {
    const sound = element as unknown as {
      muted: boolean;
      currentTime: number;
      play(): Promise<void>;
      addEventListener(name: string, heard: () => void): void;
    };
    await new Promise<void>((resolve) => {
      sound.addEventListener('timeupdate', () => sound.currentTime > second && resolve());
      sound.addEventListener('canplay', () => void sound.play());
      sound.muted = true;
      sound.currentTime = second;
    });
  }, from);
}

function mimeTypeOf(name: string): string {
  const types: Record<string, string> = {
    png: 'image/png',
    pdf: 'application/pdf',
    mp4: 'video/mp4',
    wav: 'audio/wav',
  };
  return types[name.split('.').at(-1) ?? ''] ?? 'text/plain';
}

/** A way to the server on which a connection breaks when so much has gone up it. */
class BrittleLine {
  private most = Number.POSITIVE_INFINITY;
  private readonly connections = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(target: string): Promise<BrittleLine> {
    const server = createServer();
    const line = new BrittleLine(server);
    server.on('connection', (near) => line.carry(near, Number(new URL(target).port)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  breakAfter(bytes: number): void {
    this.most = bytes;
  }

  mend(): void {
    this.most = Number.POSITIVE_INFINITY;
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    let gone = 0;
    this.connections.add(near);
    near.on('data', (chunk) => {
      gone += chunk.length;
      if (gone > this.most) near.resetAndDestroy();
      else far.write(chunk);
    });
    far.pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy());
  }
}
