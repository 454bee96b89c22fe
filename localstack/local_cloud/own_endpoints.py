"""The paths that a running cloud answers about itself: what the launcher asks and the plugins serve."""

PATCHES_PATH = "/_local-cloud/patches"
"""All that is replaced in LocalStack; see plugins/gateway/patch_list.py."""

RUN_FOLDER_PATH = "/_local-cloud/run-folder"
"""Whose cloud it is; see plugins/gateway/run_folder.py."""
