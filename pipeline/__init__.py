"""banli (办理): reads what deputies ask of their government, and checks what the government answers.

Five stages, each a function from a batch of records to new records: `pipeline.extract.extract`,
`pipeline.parse.parse`, `pipeline.route.Router`, `pipeline.recur.matches`/`themes`, `pipeline.audit.audit`;
`pipeline.run` joins them over a store, `pipeline.report` shows the results, `pipeline.profile.load` reads the
rules of an office.
"""

__version__ = "0.1.0"
