"""Puts what is saved into what runs: a Chalice app's functions follow its files, save by save.

    saves.py ──> following.py ──> app_code.py ──> app_reader.py     is it an app still, and of the same shape?
    what was     when to look,           │  └───> code_package.py   then only its functions' code is another
    saved        what is told            └──────> the deploy that it was handed, where the shape is another

A save only says that it is time to look: what is to be done is found by comparing files with what was put in last. So
nothing is lost by saves that come at once, twice, half written or while the cloud is away.

It needs Chalice and botocore, which the launcher does not; and it knows the cloud by its clients only, so that others
who deploy Chalice apps may use it too.
"""
