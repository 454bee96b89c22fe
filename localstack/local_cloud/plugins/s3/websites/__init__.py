"""Buckets' websites below the cloud's own address, since no name server knows the names that S3 gives them.

S3 has a website at `http://BUCKET.s3-website-REGION.amazonaws.com/`; LocalStack at `http://BUCKET.s3-website.localhost`.
A browser on a laptop reads a bucket's objects at `http://127.0.0.1:4566/BUCKET/KEY`: what a website adds to that, the
page to begin with and the page for what is not there, it gets here, too. Programs get what they always got.
"""
