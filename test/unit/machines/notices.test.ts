import { describe, expect, it } from 'vitest';
import { commandRow, isCommand } from '../../../machines/commands.ts';
import { isNews } from '../../../machines/news.ts';
import { escalatedTo, milestonesPassed, noticesOf, reminderOf, type Told } from '../../../machines/notices.ts';
import { openTasks } from '../../../machines/open-tasks.ts';
import { queuesOf } from '../../../machines/queues.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { policies } from '../../../shared/policy.ts';
import { approveProject, governmentFiling, publish, review, toPool } from './steps.ts';
import { by, government } from './story.ts';

const told = (more: Partial<Told>): Told => ({ command: 'submit', args: {}, unit: 'nanning-logistics', at: '2025-03-10T02:00:00.000Z', opened: [], passed: 0, ...more });
const filed = () => government().all(governmentFiling);

describe('notices of an event', () => {
  it('tell of to-dos that it opened and that are still open', () => {
    const { snapshot } = filed();
    expect(noticesOf(snapshot, told({ opened: ['main'] }))).toMatchObject([{ kind: 'todo', queue: 'bureauOfficer#gx-bureau', leaf: 'intake.formalCheck' }]);
    expect(noticesOf(snapshot, told({ opened: ['gone'] }))).toEqual([]);
  });

  it('tell every expert of the own invitation', () => {
    const { snapshot } = government().all([...governmentFiling, ...review.filter(([, command]) => command === 'passFormalCheck' || command === 'assignExperts')]);
    const opened = openTasks(snapshot).map(({ slot }) => slot);
    const experts = noticesOf(snapshot, told({ command: 'assignExperts', opened, unit: 'gx-bureau' })).filter(({ queue }) => queue.startsWith('person#'));
    expect(experts.length).toBeGreaterThanOrEqual(3);
    expect(new Set(experts.map(({ key }) => key)).size).toBe(experts.length);
  });

  it('tell the unit what others decided, but not what it did itself', () => {
    const { snapshot } = filed();
    expect(noticesOf(snapshot, told({ command: 'submitToBureau', unit: 'nanning-data' }))).toMatchObject([{ kind: 'outcome', queue: 'applicant#nanning-logistics', subject: expect.stringMatching(/^办理进展：“.+”已报送自治区数据局$/) }]);
    expect(noticesOf(snapshot, told({ command: 'submitToBureau' }))).toEqual([]);
    expect(noticesOf(snapshot, told({ command: 'saveForm', unit: 'nanning-data' }))).toEqual([]);
  });

  it('keep who reviews from the unit: nothing of the panel is an outcome', () => {
    for (const command of ['assignExperts', 'dismissExpert', 'recuse', 'submitSheet', 'closeReview', 'proposeSelection', 'proposeRejection', 'sendBack', 'declareNoConflict']) expect([command, isNews(command)]).toEqual([command, false]);
  });

  it('know only commands that there are', () => {
    const known = Object.keys(commandArgs).filter(isNews);
    expect(known.length).toBeGreaterThan(25);
    for (const command of known) expect(isCommand(command) && commandRow(command).quiet).toBeFalsy();
  });
});

describe('a milestone', () => {
  const { snapshot } = government().all([...toPool, publish, approveProject, ['wei-lan', 'planMilestones', { milestones: [{ name: '初验', dueOn: '2025-06-01' }, { name: '终验', dueOn: '2025-09-01' }] }]]);

  it('R-029: that passes its day is told to the Bureau and to its unit, on the first look after that day and on no other', () => {
    expect(milestonesPassed(snapshot, '2025-05-31', '2025-06-01')).toEqual([]);
    expect(milestonesPassed(snapshot, '2025-06-01', '2025-06-02').map(({ kind, queue, subject }) => [kind, queue, subject.includes('“初验”')])).toEqual([['warning', 'bureauOfficer#gx-bureau', true], ['overdue', 'applicant#nanning-logistics', true]]);
    expect(milestonesPassed(snapshot, '2025-06-02', '2025-06-03')).toEqual([]);
    expect(milestonesPassed(snapshot, '2025-05-01', '2025-10-01')).toHaveLength(4);
  });

  it('is not told once more by each report, but where a plan names a day that is over', () => {
    const at = '2025-06-05T02:00:00.000Z';
    const warned = (command: string) => noticesOf(snapshot, told({ command, at })).map(({ key }) => key);
    expect([warned('fileStageReport'), warned('completeMilestone'), warned('planMilestones')]).toEqual([[], [], ['milestoneOverdue']]);
  });
});

describe('a deadline that passed', () => {
  it('is told to the desk and, each time one step higher, to the office above; the last one stays', () => {
    const { snapshot } = filed();
    const at = (passed: number) => noticesOf(snapshot, told({ command: 'deadlinePassed', args: { leaf: 'intake.formalCheck' }, opened: ['main'], passed })).map(({ kind, queue }) => `${kind} ${queue}`);
    expect(at(1)).toEqual(['overdue bureauOfficer#gx-bureau', 'escalation bureauLeader#gx-bureau']);
    expect(at(2)).toEqual(['overdue bureauOfficer#gx-bureau', 'escalation leadingGroupOffice#gx-leading-group-office']);
    expect(at(9)).toEqual(at(2));
  });

  it('of a draft that nobody else has seen goes to nobody else', () => {
    const { snapshot } = government();
    expect(escalatedTo(snapshot, 'applicant#nanning-logistics', 1)).toBeUndefined();
    expect(escalatedTo(snapshot, 'applicant#nanning-logistics', 2)).toBeUndefined();
    expect([1, 2].map((passed) => escalatedTo(filed().snapshot, 'applicant#nanning-logistics', passed))).toEqual(['aggregator#nanning-data', 'bureauOfficer#gx-bureau']);
  });

  it('never escalates to the desk that is late, by any policy, for any desk of a whole life', () => {
    for (const { id } of Object.values(policies)) {
      const story = government();
      for (const step of toPool) {
        story.all([step]);
        const snapshot = { ...story.snapshot, context: { ...story.snapshot.context, policy: id } };
        for (const { queue } of openTasks(snapshot)) for (const passed of [1, 2, 3]) expect(escalatedTo(snapshot, queue, passed)).not.toBe(queue);
      }
    }
  });
});

describe('a reminder', () => {
  it('says how many working days are left, and is another for another number', () => {
    const { snapshot } = filed();
    const [task] = openTasks(snapshot);
    expect([reminderOf(snapshot, task!, 3), reminderOf(snapshot, task!, 1)]).toMatchObject([{ key: 'main-3', subject: expect.stringContaining('还有3个工作日到期') }, { key: 'main-1' }]);
  });
});

describe('the desks of a person', () => {
  it('are their own and those of their roles; a unit’s administrator sits with its applicants', () => {
    expect(queuesOf(by('qin-hai'))).toEqual(['person#qin-hai', 'applicant#guiling-cement']);
    expect(queuesOf(by('huang-yu'))).toEqual(['person#huang-yu', 'applicant#nanning-logistics']);
  });
});
