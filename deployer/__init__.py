"""Deploys what Chalice cannot, and the order of things around `chalice deploy`: on AWS and on its emulators alike.

The whole program is one pipeline, run for each of three stages (provision, deploy, wire):

    project files ──> desired state ──> remote state ──> plan ──> execution
     project.py        desired.py        remote.py    planner.py  executor.py
                                             │                       │
                                             └── resources/<kind>.py ┘

project    reads the files of the checkout: `.chalice/config.json`, `statemachine/`. Asks nothing of AWS.
overlay    a folder whose workflow and rules stand instead of the checkout's.
extension  a project of Chalice's in that folder, which comes beside the bar, with tables and rules of its own.
desired    says what must exist, as frozen dataclasses. Pure: an ARN is computed from account, region and name, so that
           nothing has to exist for its name to be known; the exceptions, of which AWS chooses the ids, are handed in:
           the user pool's ARN and the distribution's.
remote     reads what exists, all at once. Changes nothing.
planner    compares the two and says what to do about each difference. Pure; `plan` prints it and ends here.
executor   does it, step by step. Decides nothing.
pipeline   composes these for each command.
consent    keeps each stage where it belongs, and has somebody agree before an account of AWS is changed.
prerequisites  sees that nothing about an account or a stage's settings stands in the way, before anything is made.
own_domain what serves the pages at a domain that the stage names; `certificates` sees that CloudFront would take it.
ownership  tells this checkout's local cloud from others, which `up`, `down` and `seed` leave alone.

The stages differ only in when their turn comes:

provision  what the application's functions need to exist: tables, bucket, queue, bus, log group, user pool, roles.
deploy     `chalice deploy`, when the code, its requirements or its configuration differ from what was deployed.
wire       what needs the functions to exist: the state machine, what their roles may not do whatever Chalice lets them,
           rules, what becomes of what they cannot deliver, the reading of a stream, the user pool's triggers, gateway
           responses, WebSockets.

`up` looks at all stages at once, so that it refuses before anything is touched, and at the later ones again after one
that changed something: Chalice, for one, imports the API anew with each deploy.

Each kind of resource is one file in `resources/`, which holds its dataclass (what may be said of it, pure) and its
adapter (the only place that calls AWS for it), and one line in `resources/__init__.py`.

A run that was interrupted, killed or refused needs no repair: the next `up` compares again and does what is left. What
must not be half done without notice carries its mark last: the code's fingerprint is a tag that is set when Chalice has
ended well, and the gateway responses' is the description of the deployment that published them.

One stage lives in one account and region, since names such as the state machine's are the same in each stage.
`AWS_ENDPOINT_URL` decides where; what is deployed does not depend on it.
"""
