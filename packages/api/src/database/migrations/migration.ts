import type { QueryRunner } from 'typeorm';

/**
 * One step of the schema. There is no step back: a program that was replaced would not understand what was written since, and
 * what was dropped is not there. A backup is the way back.
 */
export interface Migration {
  /** Class name and timestamp, as the table `migrations` keeps it. */
  readonly name: string;
  /** Runs in a transaction of its own (on MySQL, statements that change tables commit by themselves). */
  up(runner: QueryRunner): Promise<void>;
}
