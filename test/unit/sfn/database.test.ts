import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../infra/local/sfn/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'states-db-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the database', () => {
  it('is refused to a second opener by name', () => {
    const file = join(folder, 'one.sqlite');
    const first = openDatabase(file);
    first.run("INSERT INTO settings (name, value) VALUES ('a', 'b')");
    first.flush();
    expect(() => openDatabase(file)).toThrow(`${file} is in use by another process; stop that one first`);
    first.close();
  });

  it('shows what was written at once, and tells of it only when it is committed', async () => {
    const db = openDatabase(join(folder, 'two.sqlite'));
    db.run("INSERT INTO settings (name, value) VALUES ('a', 'b')");
    expect(db.get("SELECT value FROM settings WHERE name = 'a'")).toEqual({ value: 'b' });
    const committed = db.committed();
    db.flush();
    await committed;
    db.close();
  });
});
