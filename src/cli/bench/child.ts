import { measure } from './measure.ts'

/** The process that measures one engine: arguments are its name, how many facts, how many questions a fact. */

const [name = '', facts = '', questions = ''] = process.argv.slice(2)
process.stdout.write(JSON.stringify(measure(name, Number(facts), Number(questions))))
