import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from './console.ts';

let it_: TestConsole;
beforeAll(async () => void (it_ = await startConsole()));
afterAll(() => it_.close());

describe('the accounts of a unit', () => {
  it('are registered, raised and suspended by its administrator, who does not change the own one', async () => {
    const page = await it_.as('huang-yu', '/accounts');
    const people = page.getByRole('region', { name: '南宁市农产品流通服务中心（演示）' });
    await people.getByText('本人').waitFor();
    await page.getByLabel('账号', { exact: true }).fill('u-new');
    await page.getByRole('button', { name: '登记人员' }).click();
    await page.getByRole('alert').getByText('姓名：').waitFor();
    await page.getByLabel('姓名').fill('新来');
    await page.getByLabel('事由').fill('新到岗');
    await page.getByRole('button', { name: '登记人员' }).click();
    await page.getByRole('status').getByText('已登记 新来。').waitFor();
    await people.getByRole('button', { name: '停用账号 新来' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '停用账号' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('事由').fill('试用期满离岗');
    await dialog.getByRole('button', { name: '停用账号' }).click();
    await people.getByRole('button', { name: '恢复账号 新来' }).waitFor();
    await page.getByRole('region', { name: '变更记录' }).getByText('试用期满离岗').waitFor();
    await page.context().close();
  });

  it('are recovered by the city, which also registers a unit that is new', async () => {
    const page = await it_.as('lu-fang', '/accounts');
    await page.getByRole('textbox', { name: '办理哪个单位的账号' }).fill('流通服务');
    // The address holds which unit: the mark follows it, a moment after the click.
    await page.getByRole('radio', { name: /南宁市农产品流通服务中心/ }).click();
    const people = page.getByRole('region', { name: '南宁市农产品流通服务中心（演示）' });
    await people.getByRole('button', { name: '设为管理员 韦岚' }).click();
    await page.getByRole('dialog').getByLabel('事由').fill('原管理员离职，单位来函');
    await page.getByRole('dialog').getByRole('button', { name: '设为管理员' }).click();
    await people.getByRole('button', { name: '不再任管理员 韦岚' }).waitFor();

    await page.getByLabel('单位名称').fill('南宁青秀智能农业有限公司（演示）');
    await page.getByLabel('统一社会信用代码').fill('91450100ma5kb0001m');
    await page.getByLabel('所在地：设区市').selectOption({ label: '南宁市' });
    await page.getByLabel('管理员账号').fill('u-qiu');
    await page.getByLabel('管理员姓名').fill('邱立');
    await page.getByLabel('登记依据').fill('营业执照已核验');
    await page.getByRole('button', { name: '登记新单位' }).click();
    await page.getByRole('alert').getByText('统一社会信用代码：').waitFor();
    await page.getByLabel('统一社会信用代码').fill('91450100MA5KB0001K');
    await page.getByRole('button', { name: '登记新单位' }).click();
    await page.getByRole('region', { name: '南宁青秀智能农业有限公司（演示）' }).getByText('u-qiu').waitFor();
    expect(page.url()).toContain('org=u-91450100ma5kb0001');
    await page.context().close();
  });
});
