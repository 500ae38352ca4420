import { describe, expect, it } from 'vitest';
import { isOver, taskText, taskTitle } from './bulk-words';

const task = { id: 't', action: 'EXTEND', state: 'RUNNING', total: 3, changed: 1, unchanged: 0, failed: 0, problem: null } as const;

describe('a change of many licenses', () => {
  it('says what it does while it runs, and that it needs nobody', () => {
    expect([isOver(task), taskTitle(task), taskText(task)]).toEqual([
      false,
      'Extending: 3 licenses',
      'You can close this window; it goes on.',
    ]);
    expect(taskTitle({ ...task, state: 'COLLECTING', total: 2 })).toBe('Extending');
  });

  it('says what it did, and what became of the others', () => {
    const done = { ...task, state: 'DONE', unchanged: 1, failed: 2 } as const;
    expect([isOver(done), taskTitle(done)]).toEqual([true, '1 license extended']);
    expect(taskText(done)).toBe('1 license was so already. 2 licenses could not be changed.');
    expect(taskText({ ...done, unchanged: 0, failed: 0 })).toBe('All of them are done.');
  });

  it('says that it was stopped, and why', () => {
    const stopped = { ...task, state: 'STOPPED', changed: 2, problem: 'Nobody asks for it any more.' } as const;
    expect([taskTitle(stopped), taskText(stopped)]).toEqual(['Stopped: 2 licenses extended', 'Nobody asks for it any more.']);
  });
});
