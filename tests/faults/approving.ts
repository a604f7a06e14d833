import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'vitest'
import type { ItemChange } from '../../src/editing/items.ts'
import type { KeptRevision } from '../../src/store/revisions.ts'
import type { openFolder } from './keeping.ts'

/** What processes that were killed had acknowledged before, by the ids of facts. */
export interface Approved {
  readonly approved: ReadonlyMap<string, number>
  readonly kills: number
}

/** Starts processes that approve, and kills them. */
export function startApproving() {
  const children = new Set<ChildProcess>()
  return {
    /** Approves from a number on, is killed after a while, and begins again until all is approved. */
    async approveAll(
      [root, ...table]: readonly [root: string, url?: string, where?: 'table'],
      first: number,
      count: number,
      draw: () => number,
    ): Promise<Approved> {
      const approved = new Map<string, number>()
      let kills = 0
      for (let next = first; ; ) {
        const args = ['tests/faults/approver.ts', root, String(next), String(first + count), ...table.map(String)]
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
        children.add(child)
        let output = ''
        let errors = ''
        let kill: NodeJS.Timeout | undefined
        // By what it has done and not by the time, so that it is killed as often on any machine.
        const enough = Math.floor(draw() * 4)
        child.stderr.on('data', (data) => (errors += data))
        child.stdout.on('data', (data) => {
          output += data
          const isEnough = output.includes('ready') && (output.match(/^approved /gm) ?? []).length >= enough
          if (isEnough) kill ??= setTimeout(() => child.kill('SIGKILL'), draw() * 100)
        })
        await new Promise<void>((resolve) => child.once('close', () => resolve()))
        clearTimeout(kill)
        children.delete(child)
        expect(errors).not.toContain('Error')
        const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
        for (const [, number, id = '', proposal] of lines
          .map((line) => line.split(' '))
          .filter(([what]) => what === 'approved')) {
          approved.set(id, Number(proposal))
          next = Math.max(next, Number(number) + 1)
        }
        if (lines.includes('done')) return { approved, kills }
        kills += 1
      }
    },
    end() {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

/** What was acknowledged is there, and all of it once; the facts that were added, and the changes by hand, oldest first. */
export async function expectApprovedOnce(
  done: readonly Approved[],
  { store, keeper }: Pick<Awaited<ReturnType<typeof openFolder>>, 'store' | 'keeper'>,
): Promise<{ boats: string[]; byHand: KeptRevision[] }> {
  expect(await store.listInterrupted()).toEqual([])
  const boats = [...keeper.snapshot.facts.keys()].filter((id) => id.startsWith('boat-'))
  const revisions = (await store.listRevisions({ most: 10_000 })).reverse()
  const proposals = revisions.flatMap(({ proposal }) => proposal ?? [])
  expect(new Set(proposals).size).toBe(proposals.length)
  for (const { approved } of done) {
    for (const [id, proposal] of approved) {
      expect(boats).toContain(id)
      expect(proposals, id).toContain(proposal)
    }
  }
  const added = revisions.flatMap(({ changes }) => (changes as ItemChange[]).filter(({ part }) => part === 'fact'))
  expect(added.map(({ key }) => key).toSorted()).toEqual(boats.toSorted())
  return { boats, byHand: revisions.filter(({ proposal }) => proposal === undefined) }
}

/** What each change by hand made of its one item: each goes on from where the last one ended. */
export function statesOf(byHand: readonly KeptRevision[]): ItemChange[] {
  const states = byHand.map(({ changes: [change] }) => change as ItemChange)
  expect(states.slice(1).map(({ before }) => before)).toEqual(states.slice(0, -1).map(({ after }) => after))
  return states
}
